package io.switchboard.trunk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who a node says it is when it greets.
 *
 * @param name        unique in the cluster
 * @param incarnation another one after every start
 * @param lanes       how many lanes can be addressed there
 * @param host        where its lanes can be dialled
 * @param ports       the port of each of its lanes; empty when it takes the event bus only
 * @param startedAt   when it started, in milliseconds of its own wall clock
 * @param attributes  what else it wants known: its addresses and its version
 */
public record Peer(
  String name, long incarnation, int lanes, String host, List<Integer> ports,
  long startedAt, JsonObject attributes) {

  JsonObject toJson() {
    return new JsonObject().put("name", name).put("incarnation", incarnation)
      .put("lanes", lanes).put("host", host).put("ports", new JsonArray(ports))
      .put("startedAt", startedAt).put("attributes", attributes);
  }

  static Peer fromJson(JsonObject json) {
    return new Peer(json.getString("name"), json.getLong("incarnation"),
      json.getInteger("lanes"), json.getString("host"),
      json.getJsonArray("ports").stream().map(Integer.class::cast).toList(),
      json.getLong("startedAt"), json.getJsonObject("attributes"));
  }

  /** The incarnation as people see it. */
  public String id() {
    return Long.toHexString(incarnation);
  }

  /** The event-bus address of one of its lanes. */
  String laneAddress(int lane) {
    return "switchboard/" + id() + "/" + lane;
  }

  /** The event-bus address of its control lane's messages. */
  static String controlAddress(long incarnation) {
    return "switchboard/" + Long.toHexString(incarnation);
  }
}

package io.switchboard.cluster;

import io.switchboard.routing.Hash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one node has attached to one exchange. A later one replaces it whole.
 *
 * @param number      the incarnation number: grows with every announcement of a node
 * @param workers     what is attached, for kinds with workers
 * @param patterns    the distinct patterns of the subscribers
 * @param subscribers how many subscribers there are
 */
record Announcement(
  String exchange, long number, List<Place> workers, List<String> patterns, int subscribers) {

  /** A worker's number on its node and its lane. */
  record Place(long worker, int lane) {
  }

  boolean isEmpty() {
    return workers.isEmpty() && subscribers == 0;
  }

  long digest() {
    return isEmpty() ? 0 : Hash.mix(Hash.of(exchange) + number);
  }

  JsonObject toJson() {
    var places = new JsonArray();
    for (var place : workers) {
      places.add(place.worker).add(place.lane);
    }
    return new JsonObject().put("exchange", exchange).put("number", number)
      .put("workers", places).put("patterns", new JsonArray(patterns))
      .put("subscribers", subscribers);
  }

  static Announcement fromJson(JsonObject json) {
    var places = json.getJsonArray("workers");
    var workers = new ArrayList<Place>(places.size() / 2);
    for (int i = 0; i < places.size(); i += 2) {
      workers.add(new Place(places.getLong(i), places.getInteger(i + 1)));
    }
    var patterns = json.getJsonArray("patterns").stream().map(String.class::cast).toList();
    return new Announcement(json.getString("exchange"), json.getLong("number"), workers,
      patterns, json.getInteger("subscribers"));
  }
}

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

  /** The most that one worker may say of itself, in characters of JSON. */
  static final int MAX_ATTRIBUTES = 1_024;

  /** A worker's number on its node, its lane, and what it says of itself; never changed. */
  record Place(long worker, int lane, JsonObject attributes) {
    private static final JsonObject NONE = new JsonObject();

    Place(long worker, int lane) {
      this(worker, lane, NONE);
    }
  }

  boolean isEmpty() {
    return workers.isEmpty() && subscribers == 0;
  }

  long digest() {
    return isEmpty() ? 0 : Hash.mix(Hash.of(exchange) + number);
  }

  JsonObject toJson() {
    var places = new JsonArray();
    JsonObject attributes = null;
    for (var place : workers) {
      places.add(place.worker).add(place.lane);
      if (!place.attributes.isEmpty()) {
        attributes = attributes == null ? new JsonObject() : attributes;
        attributes.put(Long.toString(place.worker), place.attributes);
      }
    }
    var json = new JsonObject().put("exchange", exchange).put("number", number)
      .put("workers", places).put("patterns", new JsonArray(patterns))
      .put("subscribers", subscribers);
    return attributes == null ? json : json.put("attributes", attributes);
  }

  static Announcement fromJson(JsonObject json) {
    var places = json.getJsonArray("workers");
    var workers = new ArrayList<Place>(places.size() / 2);
    var attributes = json.getJsonObject("attributes", Place.NONE);
    for (int i = 0; i < places.size(); i += 2) {
      long worker = places.getLong(i);
      workers.add(new Place(worker, places.getInteger(i + 1), attributes.isEmpty() ? Place.NONE
        : attributes.getJsonObject(Long.toString(worker), Place.NONE)));
    }
    var patterns = json.getJsonArray("patterns").stream().map(String.class::cast).toList();
    return new Announcement(json.getString("exchange"), json.getLong("number"), workers,
      patterns, json.getInteger("subscribers"));
  }
}

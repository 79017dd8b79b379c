package io.switchboard.cluster;

import io.switchboard.routing.Hash;
import io.switchboard.routing.HeaderFilter;
import io.switchboard.routing.Interest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All that one node has attached to one exchange. A later one replaces it whole.
 *
 * @param number      the incarnation number: grows with every announcement of a node
 * @param workers     what is attached, for kinds with workers
 * @param patterns    the distinct patterns of the subscribers that are in no group
 * @param groups      the members of groups, those together that ask for the same
 * @param subscribers how many subscribers there are, members of groups included
 */
record Announcement(
  String exchange, long number, List<Place> workers, List<String> patterns,
  List<Members> groups, int subscribers) {

  /** So many members of groups that ask for the same. */
  record Members(Interest interest, int count) {
    JsonObject toJson() {
      return new JsonObject().put("group", interest.group())
        .put("patterns", new JsonArray(interest.patterns())).put("count", count)
        .put("equal", new JsonObject(new LinkedHashMap<>(interest.where().equal())))
        .put("present", new JsonArray(List.copyOf(interest.where().present())));
    }

    static Members fromJson(JsonObject json) {
      var equal = new HashMap<String, String>();
      json.getJsonObject("equal")
        .forEach(each -> equal.put(each.getKey(), (String) each.getValue()));
      var where = new HeaderFilter(equal, Set.copyOf(texts(json.getJsonArray("present"))));
      return new Members(new Interest(
        texts(json.getJsonArray("patterns")), json.getString("group"), where),
        json.getInteger("count"));
    }
  }

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

  /** The distinct patterns of all subscribers, those in groups included. */
  List<String> allPatterns() {
    var all = new LinkedHashSet<>(patterns);
    groups.forEach(members -> all.addAll(members.interest.patterns()));
    return List.copyOf(all);
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
      .put("groups", new JsonArray(groups.stream().map(Members::toJson).toList()))
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
    var groups = json.getJsonArray("groups").stream()
      .map(each -> Members.fromJson((JsonObject) each)).toList();
    return new Announcement(json.getString("exchange"), json.getLong("number"), workers,
      texts(json.getJsonArray("patterns")), groups, json.getInteger("subscribers"));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}

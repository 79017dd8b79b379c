package io.switchboard.cluster;

import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes what has changed here and notices when all have applied it. Changes of
 * one tick travel together, in parts of bounded size. On the control lane.
 */
final class Announcer {
  static final String ANNOUNCE = "announce";
  static final String APPLIED = "applied";
  static final String STATE = "state";

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int PART_SIZE = 500;
  private static final long LIMIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final Trunks trunks;
  private final Map<Long, Round> rounds = new HashMap<>();
  private long lastPart;

  Announcer(Vertx vertx, Trunks trunks) {
    this.vertx = vertx;
    this.trunks = trunks;
  }

  /** Tells every open trunk; completes the promises when all have applied it. */
  void announce(Collection<Declared> declared, Collection<Announcement> attached,
    List<Promise<Void>> waiting) {
    var open = trunks.open();
    var parts = declared.isEmpty() && attached.isEmpty() || open.isEmpty()
      ? List.<JsonObject>of() : parts(declared, attached);
    var round = new Round(waiting);
    if (parts.isEmpty()) {
      round.complete();
      return;
    }
    for (var part : parts) {
      long number = ++lastPart;
      part.put("part", number);
      rounds.put(number, round);
    }
    for (var trunk : open) {
      round.told(trunk, parts.size());
      parts.forEach(part -> trunks.tell(trunk, ANNOUNCE, part));
    }
    vertx.setTimer(LIMIT_MILLIS, id -> giveUp(round));
  }

  /** Tells one node everything. */
  void tellAll(Trunk trunk, Collection<Declared> declared, Collection<Announcement> attached) {
    var parts = parts(declared, attached);
    for (int i = 0; i < parts.size(); i++) {
      trunks.tell(trunk, STATE, parts.get(i)
        .put("first", i == 0).put("last", i == parts.size() - 1));
    }
  }

  /** Tells a node that its part was applied, and what stands against it. */
  void confirm(Trunk trunk, long part, Collection<Declared> conflicts) {
    var objects = new JsonArray();
    conflicts.forEach(conflict -> objects.add(conflict.toJson()));
    trunks.tell(trunk, APPLIED, new JsonObject().put("part", part).put("conflicts", objects));
  }

  void applied(Trunk trunk, long part) {
    var round = rounds.get(part);
    if (round != null) {
      round.applied(trunk);
      completeDone();
    }
  }

  void gone(Trunk trunk) {
    rounds.values().forEach(round -> round.gone(trunk));
    completeDone();
  }

  private void completeDone() {
    rounds.values().removeIf(round -> {
      if (round.isDone()) {
        round.complete();
      }
      return round.isDone();
    });
  }

  private void giveUp(Round round) {
    if (!round.isDone()) {
      LOG.warn("A change was not applied within {} ms by {}; the heartbeat will repair it",
        LIMIT_MILLIS, round.missingNodes());
      rounds.values().removeIf(other -> other == round);
      round.complete();
    }
  }

  /** At least one part, also for nothing. */
  private static List<JsonObject> parts(
    Collection<Declared> declared, Collection<Announcement> attached) {
    var parts = new ArrayList<JsonObject>();
    var part = newPart(parts);
    int size = 0;
    for (var each : declared) {
      if (size++ == PART_SIZE) {
        part = newPart(parts);
        size = 1;
      }
      part.getJsonArray("declared").add(each.toJson());
    }
    for (var each : attached) {
      if (size >= PART_SIZE) {
        part = newPart(parts);
        size = 0;
      }
      size += 1 + each.workers().size() / 8 + (int) each.workers().stream()
        .filter(place -> !place.attributes().isEmpty()).count();
      part.getJsonArray("attached").add(each.toJson());
    }
    return parts;
  }

  private static JsonObject newPart(List<JsonObject> parts) {
    var part = new JsonObject().put("declared", new JsonArray()).put("attached", new JsonArray());
    parts.add(part);
    return part;
  }

  static List<Declared> declared(JsonObject part) {
    return part.getJsonArray("declared").stream()
      .map(each -> Declared.fromJson((JsonObject) each)).toList();
  }

  static List<Announcement> attached(JsonObject part) {
    return part.getJsonArray("attached").stream()
      .map(each -> Announcement.fromJson((JsonObject) each)).toList();
  }
}

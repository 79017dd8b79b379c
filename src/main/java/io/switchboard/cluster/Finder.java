package io.switchboard.cluster;

import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks the other nodes for an exchange that is unknown here, once: all callers who miss the
 * same name wait for one answer, and a name that nobody had is not asked for again for a
 * second. On the control lane.
 */
final class Finder {
  static final String FIND = "find";
  static final String FOUND = "found";

  private static final int MAX_NAMES = 1_000;
  private static final long LIMIT_MILLIS = 500;
  private static final long MISS_NANOS = 1_000_000_000;

  private final Vertx vertx;
  private final Trunks trunks;
  private final Map<String, Search> searches = new HashMap<>();
  private final Map<String, Long> misses = new LinkedHashMap<>();

  private static final class Search {
    private final Set<Trunk> asked = new HashSet<>();
    private final Promise<Boolean> found = Promise.promise();
  }

  Finder(Vertx vertx, Trunks trunks) {
    this.vertx = vertx;
    this.trunks = trunks;
  }

  Future<Boolean> find(String name) {
    var running = searches.get(name);
    if (running != null) {
      return running.found.future();
    }
    var open = trunks.open();
    var missed = misses.get(name);
    boolean knownMiss = missed != null && System.nanoTime() - missed < MISS_NANOS;
    if (open.isEmpty() || knownMiss || searches.size() >= MAX_NAMES) {
      return Future.succeededFuture(false);
    }
    var search = new Search();
    searches.put(name, search);
    search.asked.addAll(open);
    open.forEach(trunk -> trunks.tell(trunk, FIND, new JsonObject().put("name", name)));
    vertx.setTimer(LIMIT_MILLIS, id -> end(name, search, false));
    return search.found.future();
  }

  /** A node has answered; {@code has} once its declaration was taken in. */
  void answered(Trunk trunk, String name, boolean has) {
    var search = searches.get(name);
    if (search != null) {
      search.asked.remove(trunk);
      if (has || search.asked.isEmpty()) {
        end(name, search, has);
      }
    }
  }

  void gone(Trunk trunk) {
    Map.copyOf(searches).keySet().forEach(name -> answered(trunk, name, false));
  }

  private void end(String name, Search search, boolean found) {
    if (!searches.remove(name, search)) {
      return;
    }
    if (!found) {
      misses.remove(name);
      misses.put(name, System.nanoTime());
      if (misses.size() > MAX_NAMES) {
        misses.remove(misses.keySet().iterator().next());
      }
    }
    search.found.complete(found);
  }
}

package io.switchboard.collect;

import io.switchboard.routing.Route;
import io.switchboard.routing.Worker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of an exchange's collectors, the same on every node: who was attached first, by the
 * clock of his machine; then by the name of the node, and by the number there.
 */
final class CollectorOrder {
  private static final Worker[] NOBODY = {};
  private static final String SINCE = "since";
  private static final Comparator<Worker> FIRST_ATTACHED = Comparator
    .<Worker>comparingLong(worker -> worker.attributes().getLong(SINCE, 0L))
    .thenComparing(worker -> worker.node().name()).thenComparingLong(Worker::id);

  private CollectorOrder() {
  }

  /** @param route null for an exchange that is not declared */
  static Worker[] of(Route route) {
    if (route == null) {
      return NOBODY;
    }
    var order = route.workers().clone();
    Arrays.sort(order, FIRST_ATTACHED);
    return order;
  }

  /** What a collector that is attached now says of itself. */
  static JsonObject attributes() {
    return new JsonObject().put(SINCE, System.currentTimeMillis());
  }

  /** @param active null for nobody */
  static JsonArray describe(Route route, Claim active) {
    var collectors = new JsonArray();
    for (var worker : of(route)) {
      boolean reigns = active != null && active.isOf(worker.node().id(), worker.id());
      var collector = new JsonObject().put("node", worker.node().name())
        .put("worker", worker.id()).put("state", reigns ? "active" : "standby");
      collectors.add(reigns ? collector.put("epoch", active.epoch().number()) : collector);
    }
    return collectors;
  }
}

package io.switchboard.node;

import io.switchboard.bridge.Health;
import io.switchboard.cluster.HazelcastCluster;
import io.switchboard.container.Container;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.function.BooleanSupplier;

/** What a node checks before it says that it is alive, and that it can be given work. */
final class HealthReport {
  private HealthReport() {
  }

  /**
   * @param cluster   null on a Vert.x instance of the user's
   * @param container null where no verticle files are deployed
   * @param serving   false before the node is ready and once it leaves
   */
  static Health of(Vertx vertx, HazelcastCluster cluster, Trunks trunks, Pulse pulse,
    Container container, BooleanSupplier serving) {
    var live = HealthChecks.create(vertx)
      .register("event-loops", promise -> promise.complete(eventLoops(pulse)));
    var ready = HealthChecks.create(vertx)
      .register("serving", promise -> promise.complete(status(serving.getAsBoolean())))
      .register("event-loops", promise -> promise.complete(eventLoops(pulse)))
      .register("peers", promise -> promise.complete(peers(trunks)));
    if (cluster != null) {
      ready.register("cluster", promise -> cluster.isSafe().map(safe -> status(cluster.isJoined())
        .setData(new JsonObject().put("members", cluster.size()).put("safe", safe)))
        .onComplete(promise));
    }
    if (container != null) {
      ready.register("verticles", promise -> promise.complete(verticles(container)));
    }
    return new Health(live, ready);
  }

  private static Status eventLoops(Pulse pulse) {
    long slowest = pulse.slowestMillis();
    return status(slowest < Pulse.LIMIT_MILLIS)
      .setData(new JsonObject().put("slowestMs", slowest));
  }

  /** A single silent peer is its own trouble; more than half of them is likely to be ours. */
  private static Status peers(Trunks trunks) {
    var all = trunks.all();
    long silent = all.stream()
      .filter(trunk -> trunk.state() == Trunk.State.SILENT).count();
    return status(silent <= Math.max(1, all.size() / 2)).setData(new JsonObject()
      .put("known", all.size()).put("silent", silent));
  }

  /** A broken file is reported, and does not keep the others from serving. */
  private static Status verticles(Container container) {
    var failed = container.verticles().stream().filter(verticle -> verticle.error() != null)
      .map(verticle -> verticle.name()).toList();
    return status(container.isSettled()).setData(new JsonObject()
      .put("verticles", container.verticles().size()).put("failed", failed));
  }

  private static Status status(boolean ok) {
    return ok ? Status.OK() : Status.KO();
  }
}

package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A node stands still, with nothing under way, until the other one has thrown away all that it
 * knew of it; what it waits for then will never come.
 */
class GivenUpIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String GATHER = """
    import io.switchboard.Switchboard;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import java.util.List;
    import java.util.concurrent.CopyOnWriteArrayList;

    public class Gather extends VerticleBase {
      private final List<Object> seen = new CopyOnWriteArrayList<>();

      @Override
      public Future<?> start() {
        var board = Switchboard.of(vertx);
        return Future.all(
          board.collect("gathered").collect(entry -> {
            seen.add(entry.body());
            return null;
          }),
          board.requests("seen").serve(
            request -> Future.succeededFuture(seen.toString())));
      }
    }
    """;

  @Test
  void whoWasGivenUpLearnsOfIt() throws Exception {
    try (var cluster = start()) {
      awaitFar(cluster);
      emit(cluster, "before");
      var pending = cluster.api(1).requestLater("mute", "{}");
      Eventually.see("node 0 has its request", SOON,
        () -> cluster.api(1).get("/api/v1/exchanges/mute").body(),
        shown -> shown.contains("\"inFlight\":1"));

      cluster.pause(1);
      Eventually.see("node 1 is given up", SOON, () -> cluster.log(0),
        log -> log.contains("Node " + cluster.name(1) + " is gone: nothing heard"));
      cluster.resume(1);
      var answer = pending.get(SOON.toSeconds() / 2, TimeUnit.SECONDS);
      assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("NODE_DOWN");
      assertThat(cluster.log(1)).contains("it had lost sight of this node");
      awaitFar(cluster);
      emit(cluster, "after");
    }
  }

  private static FatJarCluster start() throws Exception {
    var near = FatJarCluster.verticleFolder();
    var far = FatJarCluster.verticleFolder();
    Sources.worker(near, "Mute", "mute", "Promise.promise().future()");
    Sources.deploy(near, "Gather", GATHER);
    Sources.worker(far, "Far", "far", "Future.succeededFuture(\"far\")");
    return FatJarCluster.start(2, node -> List.of(
      "--verticles", (node == 0 ? near : far).toString(),
      "--set", "trunk.heartbeat=100ms", "--set", "trunk.silence=500ms"));
  }

  private static void awaitFar(FatJarCluster cluster) {
    Eventually.see("node 1 answers", SOON,
      () -> cluster.api(0).request("far", "{}").body(), "far"::equals);
  }

  /** From node 1 to the collector on node 0. */
  private static void emit(FatJarCluster cluster, String entry) throws Exception {
    assertThat(cluster.api(1).emit("gathered", "\"" + entry + "\"").statusCode()).isEqualTo(202);
    Eventually.see(entry + " is collected", SOON,
      () -> cluster.api(0).request("seen", "{}").body(), seen -> seen.contains(entry));
  }
}

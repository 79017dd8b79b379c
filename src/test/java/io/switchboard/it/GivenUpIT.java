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

  @Test
  void whoWasGivenUpLearnsOfIt() throws Exception {
    var near = FatJarCluster.verticleFolder();
    var far = FatJarCluster.verticleFolder();
    Sources.worker(near, "Mute", "mute", "Promise.promise().future()");
    Sources.worker(far, "Far", "far", "Future.succeededFuture(\"far\")");
    try (var cluster = FatJarCluster.start(2, node -> List.of(
      "--verticles", (node == 0 ? near : far).toString(),
      "--set", "trunk.heartbeat=100ms", "--set", "trunk.silence=500ms"))) {
      var far0 = cluster.api(0);
      Eventually.see("node 1 answers", SOON, () -> far0.request("far", "{}").body(), "far"::equals);
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
      assertThat(cluster.log(1)).contains("it had given this node up");
      Eventually.see("node 1 answers again", SOON,
        () -> far0.request("far", "{}").body(), "far"::equals);
    }
  }
}

package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Large bodies on the trunk that small requests use. */
class LargeBodiesIT {
  @Test
  void smallRequestsPassThem() throws Exception {
    try (var cluster = LoadedCluster.start(
      "-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch")) {
      cluster.probeBeside(1_000, new JsonObject().put("do", "large")
        .put("seconds", LoadedCluster.LONG ? 10 : 2));
      var told = cluster.result("the last body has arrived", seen -> !seen.isEmpty());
      assertThat(told.getInteger("bodies", 0)).as(told.encode()).isGreaterThan(1);
      cluster.assertUnharmed();
    }
  }
}

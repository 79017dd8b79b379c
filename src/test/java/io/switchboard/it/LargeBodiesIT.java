package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large bodies from and to the event loops that small requests use, on the same sockets. */
class LargeBodiesIT {
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void smallRequestsPassThem() throws Exception {
    try (var cluster = LoadedCluster.start(
      FatJar.AS_FOR_A_USER, "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")) {
      cluster.probe("small", 1_000, true);
      var alone = cluster.probe("small", 1_000, false);
      var beside = cluster.probe("small", 1_000, true);
      LoadedCluster.compare(alone, beside);
      assertThat(beside.getInteger("bodies")).isPositive();
      // Whoever waited for the body before it would wait for half of it on average.
      assertThat(beside.getInteger("p50Micros"))
        .isLessThan(beside.getInteger("microsForEach") / 4);
      cluster.assertUnharmed();
    }
  }
}

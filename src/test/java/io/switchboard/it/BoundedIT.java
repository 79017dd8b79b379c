package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two processes of 256 MiB each: a worker that takes nothing fills neither its own node's memory
 * nor its callers', and whoever has nothing to do with it does not feel it. Figures are logged;
 * what is asserted of them leaves room for a busy machine.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BoundedIT {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedIT.class);
  /** Of 1 KiB each, together more than both heaps. */
  private static final int MESSAGES = LoadedCluster.LONG ? 10_000_000 : 600_000;
  /** What fits into the mailbox and the hands of one worker, and is on its way there. */
  private static final int MOST_ACCEPTED = 20_000;
  private static final int MOST_WAITING = 4_096;

  private static LoadedCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LoadedCluster.start("-Xmx256m");
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void whatAStuckWorkerCannotTakeIsRefused() throws Exception {
    cluster.order("close", new JsonObject());
    cluster.probeBeside(flood().put("wait", false));
    var told = cluster.result("every message is refused or accepted", BoundedIT::hasEnded);
    LOG.info("{} offered to a stuck worker: {}", MESSAGES, told);
    assertThat(told.getInteger("failed")).isZero();
    assertThat(told.getInteger("accepted")).isBetween(1, MOST_ACCEPTED);
    assertToldAtOnce(told);
    cluster.assertUnharmed();
  }

  @Test
  void whoeverWaitsForRoomOfAStuckWorkerGetsItWhenItMovesOn() throws Exception {
    cluster.order("close", new JsonObject());
    cluster.probeBeside(flood().put("wait", true));
    var told = cluster.result("every message is refused, accepted or waits", seen ->
      seen.getInteger("waiting", MESSAGES) <= MOST_WAITING);
    LOG.info("{} offered to a stuck worker, to wait for room: {}", MESSAGES, told);
    assertThat(told.getInteger("waiting")).isPositive();
    assertToldAtOnce(told);

    cluster.order("open", new JsonObject());
    var ended = cluster.result("whoever waited got room", BoundedIT::hasEnded);
    assertThat(ended.getInteger("accepted"))
      .isEqualTo(told.getInteger("accepted") + told.getInteger("waiting"));
    cluster.assertUnharmed();
  }

  private static JsonObject flood() {
    return new JsonObject().put("do", "flood").put("count", MESSAGES);
  }

  private static boolean hasEnded(JsonObject told) {
    return told.getInteger("waiting", MESSAGES) == 0;
  }

  /** Nearly all within 100 ms; a pause of the machine makes a slice of them late. */
  private static void assertToldAtOnce(JsonObject told) {
    assertThat(told.getInteger("refused")).isGreaterThan(MESSAGES / 2);
    assertThat(told.getInteger("late")).isLessThan(told.getInteger("refused") / 100);
  }
}

package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks under way while nodes are killed, frozen, stopped and started: what workers in other
 * processes wrote of it is checked afterwards. With {@code -Dlong=true} on five nodes at 1,000
 * tasks a second with a hundred kills ({@code -Dkills=N} for another number); {@code -Dseed=N}
 * repeats the choices of a run.
 */
@Timeout(value = 45, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TaskKillIT {
  private static final Logger LOG = LoggerFactory.getLogger(TaskKillIT.class);
  private static final boolean LONG = !System.getProperty("long", "").isEmpty();
  private static final int NODES = LONG ? 5 : 3;
  private static final int RATE = LONG ? 1_000 : 100;
  private static final int KILLS = Integer.getInteger("kills", LONG ? 100 : 1);
  private static final int PREFETCH = TaskRecorder.PREFETCH;
  private static final String LOST = "held by a lost process";
  /** A second is what is promised; the rest is for machines that do something else. */
  private static final long REDELIVERED_MILLIS = 10_000;

  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);
  private static Path logs;
  private static FatJarCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    logs = FatJar.folder("history");
    var verticles = TaskRecorder.verticles(
      logs, "kills", "pairs", "freezes", "held", "answers", "changes");
    cluster = FatJarCluster.start(NODES, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "--verticles", verticles.toString(),
      "--set", "exchanges.pairs.kind=task", "--set", "exchanges.pairs.backups=2");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void report(String what, TaskRun run) throws Exception {
    LOG.info("{}, seed {}: {}", what, SEED, run.finish());
  }

  private static void assertSoonRedelivered(TaskRun run) {
    assertThat(run.redeliveries()).allMatch(millis -> millis < REDELIVERED_MILLIS);
  }

  private static int any() {
    return RANDOM.nextInt(NODES);
  }

  private static int[] othersThan(int node) {
    return IntStream.range(0, NODES).filter(each -> each != node).toArray();
  }

  private static int otherThan(int node) {
    return (node + 1 + RANDOM.nextInt(NODES - 1)) % NODES;
  }

  @Test
  @Order(1)
  void oneAfterAnotherIsKilled() throws Exception {
    try (var run = new TaskRun(cluster, logs, "kills")) {
      run.begin(RATE);
      int owners = 0;
      for (int i = 0; i < KILLS; i++) {
        int victim = any();
        owners += victim == run.owner() ? 1 : 0;
        run.kill(victim);
        run.awaitProgress(RATE / 4);
        run.restart(victim);
        run.awaitProgress(RATE / 4);
      }
      report(KILLS + " kills, " + owners + " of the owner", run);
      assertSoonRedelivered(run);
      assertThat(run.history().duplicates().getOrDefault(LOST, 0))
        .isLessThanOrEqualTo(KILLS * PREFETCH);
      assertThat(run.history().duplicates()).doesNotContainKey("no reason");
    }
  }

  /** With two backups; of three nodes the one that is left refuses until one is back. */
  @Test
  @Order(2)
  void twoAreKilledAtOnce() throws Exception {
    try (var run = new TaskRun(cluster, logs, "pairs")) {
      run.begin(RATE);
      for (int i = 0; i < (LONG ? 5 : 1); i++) {
        int first = any();
        int second = otherThan(first);
        run.kill(first, second);
        if (NODES - 2 > NODES / 2) {
          run.awaitProgress(RATE / 4);
        } else {
          int left = NODES - first - second;
          Eventually.see("a refusal", TaskRun.SOON,
            () -> cluster.api(left).submit("pairs", "0").body(),
            answer -> answer.contains("NO_QUORUM"));
        }
        run.restart(first, second);
        run.awaitProgress(RATE / 4);
      }
      report("two at once", run);
    }
  }

  @Test
  @Order(3)
  void oneIsFrozen() throws Exception {
    try (var run = new TaskRun(cluster, logs, "freezes")) {
      run.begin(RATE);
      // Their verdicts are doubtful from now on, yet the owner that took them knows better.
      run.pause(othersThan(run.owner()), Duration.ofMillis(2_500));
      for (int seconds : LONG ? List.of(3, 10, 30, 3, 10, 30) : List.of(4)) {
        run.freeze(run.owner(), Duration.ofSeconds(seconds));
        run.awaitProgress(RATE / 4);
        if (LONG) {
          run.freeze(otherThan(run.owner()), Duration.ofSeconds(seconds));
          run.awaitProgress(RATE / 4);
        }
      }
      report("frozen", run);
    }
  }

  /** Every worker holds tasks and has said nothing of them. */
  @Test
  @Order(4)
  void oneIsKilledBetweenHandOutAndAck() throws Exception {
    try (var run = new TaskRun(cluster, logs, "held")) {
      run.burst(PREFETCH / 2 * NODES);
      run.awaitDelivered(PREFETCH / 2 * NODES);
      int victim = otherThan(run.owner());
      run.kill(victim);
      run.awaitDelivered(PREFETCH / 2 * (NODES + 1));
      run.restart(victim);
      report("killed between hand-out and ack", run);
      assertSoonRedelivered(run);
      assertThat(run.history().duplicates()).isEqualTo(Map.of(LOST, PREFETCH / 2));
    }
  }

  /** The owner dies with many submits in its hands, some of them stored already. */
  @Test
  @Order(5)
  void theOwnerIsKilledBetweenStoreAndAnswer() throws Exception {
    try (var run = new TaskRun(cluster, logs, "answers")) {
      for (int i = 1; i <= (LONG ? 5 : 1); i++) {
        int before = run.answered();
        run.burst(1_000);
        run.awaitAnswered(before + 50);
        int owner = run.owner();
        run.kill(owner);
        run.awaitAnswered(before + 1_000);
        run.restart(owner);
      }
      report("killed between store and answer", run);
    }
  }

  @Test
  @Order(6)
  void oneIsAddedAndAnotherStopped() throws Exception {
    try (var run = new TaskRun(cluster, logs, "changes")) {
      run.begin(RATE);
      int leaver = any();
      for (int i = 0; i < (LONG ? 5 : 1); i++) {
        run.stop(leaver);
        run.awaitProgress(RATE / 4);
        run.restart(leaver);
        run.awaitProgress(RATE / 4);
        leaver = otherThan(leaver);
      }
      report("stopped in order, and added", run);
      assertThat(run.history().duplicates()).doesNotContainKey("no reason");
    }
  }
}

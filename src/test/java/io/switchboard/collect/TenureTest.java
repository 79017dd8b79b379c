package io.switchboard.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenureTest {
  private static final long LEASE = 100;
  private static final Reach NONE = reach();
  private static final Reach ONE = reach(2L);
  private static final Reach TWO = reach(2L, 3L);
  private static final Reach THREE = reach(2L, 3L, 4L);

  private static Reach reach(Long... others) {
    return new Reach(Set.of(others), false);
  }

  private final Tenure tenure = new Tenure(LEASE);

  @Test
  void toBeginItTakesEveryNodeInReach() {
    assertThat(tenure.mayBegin(NONE, 1, 0)).isTrue();
    assertThat(tenure.mayBegin(TWO, 1, 0)).isFalse();
    tenure.granted(2, 0);
    assertThat(tenure.mayBegin(TWO, 1, 1)).isFalse();
    tenure.granted(3, 10);
    assertThat(tenure.mayBegin(TWO, 1, 79)).isTrue();
    assertThat(tenure.mayBegin(TWO, 1, 80)).as("four fifths of a lease").isFalse();
    tenure.granted(2, 50);
    tenure.refused(3);
    assertThat(tenure.mayBegin(TWO, 1, 51)).isFalse();
  }

  @Test
  void toGoOnItTakesAMajority() {
    assertThat(tenure.until(NONE, 1, 5)).isEqualTo(85);
    assertThat(tenure.until(ONE, 1, 5)).as("one of two is none").isEqualTo(5);
    tenure.granted(2, 10);
    assertThat(tenure.until(ONE, 1, 20)).isEqualTo(90);
    assertThat(tenure.until(TWO, 1, 20)).as("two of three").isEqualTo(90);
    assertThat(tenure.until(THREE, 1, 20)).as("two of four").isEqualTo(20);
    tenure.granted(3, 15);
    assertThat(tenure.until(TWO, 1, 20)).as("the better one of two").isEqualTo(95);
    assertThat(tenure.until(THREE, 1, 20)).as("the worse one of two").isEqualTo(90);
    assertThat(tenure.until(TWO, 1, 95)).isEqualTo(95);
  }

  @Test
  void justAfterSleepItTakesEveryVote() {
    var woken = new Reach(TWO.others(), true);
    tenure.granted(2, 0);
    assertThat(tenure.until(woken, 1, 10)).isEqualTo(10);
    tenure.granted(3, 5);
    assertThat(tenure.until(woken, 1, 10)).isEqualTo(80);
  }

  @Test
  void anOldAnswerDoesNotShortenANewerOne() {
    tenure.granted(2, 30);
    tenure.granted(2, 10);
    assertThat(tenure.until(ONE, 1, 40)).isEqualTo(110);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, true,  180", "1, 1, 0, false, 100", "1, 1, 1, true, 180", "1, 2, 1, false, 180",
    "2, 0, 0, false, 100", "2, 1, 0, false, 100", "2, 1, 1, true, 180", "2, 2, 1, false, 180",
    "3, 1, 1, false, 100", "3, 2, 1, false, 100", "3, 2, 2, true, 180", "3, 4, 2, false, 180",
    "3, 4, 4, true,  180", "3, 5, 2, false, 100"})
  void aQuorumIsNeededWhateverIsInReach(
    int quorum, int others, int granted, boolean mayBegin, long until) {
    var reach = new Reach(
      LongStream.range(0, others).boxed().collect(Collectors.toSet()), false);
    for (long node = 0; node < granted; node++) {
      tenure.granted(node, 100);
    }
    assertThat(tenure.mayBegin(reach, quorum, 100)).isEqualTo(mayBegin);
    assertThat(tenure.until(reach, quorum, 100)).isEqualTo(until);
  }

  @Test
  void aVoteOfOneThatIsOutOfReachDoesNotCount() {
    tenure.granted(2, 0);
    tenure.granted(3, 0);
    assertThat(tenure.until(TWO, 2, 1)).isEqualTo(80);
    assertThat(tenure.until(NONE, 2, 1)).isEqualTo(1);
  }

  /** Nodes that sleep, wake and see each other again, at random: never two that may act. */
  @Test
  void twoNeverActAtOnceHoweverTheySleep() {
    neverTwo((random, size) -> new SleepyCluster(random, size, 1, false));
  }

  /** The network parts and mends at random besides. */
  @Test
  void twoNeverActAtOnceHoweverTheNetworkPartsWhereItTakesAMajority() {
    neverTwo((random, size) -> new SleepyCluster(random, size, size / 2 + 1, true));
  }

  private static void neverTwo(BiFunction<Random, Integer, SleepyCluster> clusters) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var cluster = clusters.apply(random, 2 + random.nextInt(4));
      for (int step = 0; step < 400; step++) {
        cluster.step();
        assertThat(cluster.acting()).as("seed " + seed + " round " + round)
          .hasSizeLessThanOrEqualTo(1);
      }
      assertThat(cluster.reigns()).isPositive();
    }
  }
}

package io.switchboard.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenureTest {
  private static final long LEASE = 100;
  private static final Reach NONE = reach();
  private static final Reach ONE = reach(2L);
  private static final Reach TWO = reach(2L, 3L);
  private static final Reach THREE = reach(2L, 3L, 4L);

  private static Reach reach(Long... others) {
    return new Reach(Set.of(others), false);
  }

  private final Tenure tenure = new Tenure(LEASE, 1);

  @Test
  void toBeginItTakesEveryNodeInReach() {
    assertThat(tenure.mayBegin(NONE, 0)).isTrue();
    assertThat(tenure.mayBegin(TWO, 0)).isFalse();
    tenure.granted(2, 0);
    assertThat(tenure.mayBegin(TWO, 1)).isFalse();
    tenure.granted(3, 10);
    assertThat(tenure.mayBegin(TWO, 79)).isTrue();
    assertThat(tenure.mayBegin(TWO, 80)).as("four fifths of a lease").isFalse();
    tenure.granted(2, 50);
    tenure.refused(3);
    assertThat(tenure.mayBegin(TWO, 51)).isFalse();
  }

  @Test
  void toGoOnItTakesAMajority() {
    assertThat(tenure.until(NONE, 5)).isEqualTo(85);
    assertThat(tenure.until(ONE, 5)).as("one of two is none").isEqualTo(5);
    tenure.granted(2, 10);
    assertThat(tenure.until(ONE, 20)).isEqualTo(90);
    assertThat(tenure.until(TWO, 20)).as("two of three").isEqualTo(90);
    assertThat(tenure.until(THREE, 20)).as("two of four").isEqualTo(20);
    tenure.granted(3, 15);
    assertThat(tenure.until(TWO, 20)).as("the better one of two").isEqualTo(95);
    assertThat(tenure.until(THREE, 20)).as("the worse one of two").isEqualTo(90);
    assertThat(tenure.until(TWO, 95)).isEqualTo(95);
  }

  @Test
  void justAfterSleepItTakesEveryVote() {
    var woken = new Reach(TWO.others(), true);
    tenure.granted(2, 0);
    assertThat(tenure.until(woken, 10)).isEqualTo(10);
    tenure.granted(3, 5);
    assertThat(tenure.until(woken, 10)).isEqualTo(80);
  }

  @Test
  void anOldAnswerDoesNotShortenANewerOne() {
    tenure.granted(2, 30);
    tenure.granted(2, 10);
    assertThat(tenure.until(ONE, 40)).isEqualTo(110);
  }

  @Test
  void aQuorumIsNeededWhateverIsInReach() {
    var strict = new Tenure(LEASE, 2);
    assertThat(strict.mayBegin(NONE, 0)).isFalse();
    assertThat(strict.until(NONE, 0)).isZero();
    strict.granted(2, 0);
    assertThat(strict.mayBegin(ONE, 1)).isTrue();
    assertThat(strict.until(ONE, 1)).isEqualTo(80);
  }

  /** Nodes that sleep, wake and see each other again, at random: never two that may act. */
  @Test
  void twoNeverActAtOnceHoweverTheySleep() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var cluster = new SleepyCluster(random, 2 + random.nextInt(3));
      for (int step = 0; step < 400; step++) {
        cluster.step();
        assertThat(cluster.acting()).as("seed " + seed + " round " + round)
          .hasSizeLessThanOrEqualTo(1);
      }
      assertThat(cluster.reigns()).isPositive();
    }
  }
}

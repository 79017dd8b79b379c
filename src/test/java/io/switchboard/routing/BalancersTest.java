package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BalancersTest {
  private static final int MESSAGES = 100_000;

  private static int[] shares(Balancer balancer, FakeCandidates candidates, int messages) {
    var shares = new int[candidates.size()];
    for (int i = 0; i < messages; i++) {
      shares[balancer.choose(candidates, null)]++;
    }
    return shares;
  }

  private static double spread(int[] shares) {
    return Arrays.stream(shares).max().orElseThrow()
      / (double) Arrays.stream(shares).min().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Balancing.class)
  void nobodyIsChosenWhenAllAreFull(Balancing balancing) {
    for (int size = 1; size <= 5; size++) {
      var candidates = FakeCandidates.idle(size);
      Arrays.fill(candidates.full, true);
      var balancer = balancing.create(1);
      assertThat(balancer.choose(candidates, "key")).isEqualTo(Balancer.NOBODY);
      assertThat(balancer.choose(candidates, null)).isEqualTo(Balancer.NOBODY);
    }
  }

  @ParameterizedTest
  @EnumSource(Balancing.class)
  void aFullWorkerIsPassedOver(Balancing balancing) {
    var balancer = balancing.create(1);
    var candidates = FakeCandidates.idle(5).full(0, 2, 3);
    for (int i = 0; i < 1_000; i++) {
      assertThat(balancer.choose(candidates, "key-" + i)).isIn(1, 4);
      assertThat(balancer.choose(candidates, null)).isIn(1, 4);
    }
  }

  @ParameterizedTest
  @EnumSource(Balancing.class)
  void theOnlyOneWithRoomIsFound(Balancing balancing) {
    var balancer = balancing.create(1);
    for (int only = 0; only < 7; only++) {
      var candidates = FakeCandidates.idle(7).full(0, 1, 2, 3, 4, 5, 6);
      candidates.full[only] = false;
      for (int i = 0; i < 100; i++) {
        assertThat(balancer.choose(candidates, "key-" + i)).isEqualTo(only);
      }
    }
  }

  @Test
  void roundRobinGivesEqualShares() {
    for (int size = 1; size <= 9; size++) {
      var shares = shares(Balancing.ROUND_ROBIN.create(2), FakeCandidates.idle(size), MESSAGES);
      assertThat(spread(shares)).as("%d workers", size).isLessThanOrEqualTo(1.02);
    }
  }

  @Test
  void roundRobinGivesEqualSharesFromSeveralLanes() {
    var balancer = Balancing.ROUND_ROBIN.create(3);
    var candidates = FakeCandidates.idle(4);
    var shares = new int[4];
    for (int i = 0; i < MESSAGES; i++) {
      shares[balancer.choose(candidates.onLane(i % 7 % 3), null)]++;
    }
    assertThat(spread(shares)).isLessThanOrEqualTo(1.02);
  }

  @Test
  void roundRobinTakesEachInTurn() {
    var balancer = Balancing.ROUND_ROBIN.create(1);
    var candidates = FakeCandidates.idle(3);
    int before = balancer.choose(candidates, null);
    for (int i = 0; i < 10; i++) {
      int next = balancer.choose(candidates, null);
      assertThat(next).isEqualTo((before + 1) % 3);
      before = next;
    }
  }

  @Test
  void roundRobinGoesOnWhenWorkersComeAndGo() {
    var balancer = Balancing.ROUND_ROBIN.create(1);
    for (int i = 0; i < 1_000; i++) {
      int size = 1 + i % 6;
      assertThat(balancer.choose(FakeCandidates.idle(size), null)).isBetween(0, size - 1);
    }
  }

  @Test
  void randomReachesEveryoneAboutEquallyOften() {
    var shares = shares(Balancing.RANDOM.create(1), FakeCandidates.idle(4), MESSAGES);
    assertThat(spread(shares)).isLessThan(1.1);
  }

  @Test
  void randomSharesTheMessagesOfAFullWorkerAmongTheOthers() {
    var shares = shares(Balancing.RANDOM.create(1), FakeCandidates.idle(4).full(1), MESSAGES);
    assertThat(shares[1]).isZero();
    assertThat(Arrays.stream(shares).filter(share -> share > 0).min().orElseThrow())
      .isGreaterThan(MESSAGES / 4);
  }

  @Test
  void leastLoadedTakesTheLessLoadedOfTwo() {
    var balancer = Balancing.LEAST_LOADED.create(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(balancer.choose(FakeCandidates.withLoads(5, 4), null)).isEqualTo(1);
      assertThat(balancer.choose(FakeCandidates.withLoads(0, 4), null)).isZero();
    }
  }

  @Test
  void leastLoadedNeverTakesTheMostLoaded() {
    var candidates = FakeCandidates.withLoads(1, 2, 9, 3);
    var shares = shares(Balancing.LEAST_LOADED.create(1), candidates, 10_000);
    assertThat(shares[2]).isZero();
    assertThat(shares[0]).isGreaterThan(shares[1]).isGreaterThan(shares[3]);
  }

  @Test
  void leastLoadedKeepsLoadsLevel() {
    var balancer = Balancing.LEAST_LOADED.create(1);
    var candidates = FakeCandidates.idle(16);
    for (int i = 0; i < 16_000; i++) {
      candidates.loads[balancer.choose(candidates, null)]++;
    }
    int most = Arrays.stream(candidates.loads).max().orElseThrow();
    int least = Arrays.stream(candidates.loads).min().orElseThrow();
    assertThat(most - least).isLessThan(16);
  }

  @Test
  void keyHashAlwaysTakesTheSameWorkerForAKey() {
    var candidates = FakeCandidates.idle(6);
    for (int i = 0; i < 1_000; i++) {
      var key = "user-" + i;
      int chosen = Balancing.KEY_HASH.create(1).choose(candidates, key);
      assertThat(Balancing.KEY_HASH.create(4).choose(candidates.onLane(i % 4), key))
        .isEqualTo(chosen);
    }
  }

  @Test
  void keyHashSharesKeysAmongAll() {
    var balancer = Balancing.KEY_HASH.create(1);
    var candidates = FakeCandidates.idle(5);
    var shares = new int[5];
    for (int i = 0; i < MESSAGES; i++) {
      shares[balancer.choose(candidates, "user-" + i)]++;
    }
    assertThat(spread(shares)).isLessThan(1.1);
  }

  @Test
  void keyHashMovesOnlyTheKeysOfAWorkerThatGoes() {
    var balancer = Balancing.KEY_HASH.create(1);
    var before = FakeCandidates.idle(6);
    var after = before.without(2);
    int moved = 0;
    for (int i = 0; i < 10_000; i++) {
      int was = balancer.choose(before, "user-" + i);
      int is = balancer.choose(after, "user-" + i);
      if (was == 2) {
        moved++;
      } else {
        assertThat(after.identity(is)).isEqualTo(before.identity(was));
      }
    }
    assertThat(moved).isBetween(1_000, 2_500);
  }

  @Test
  void keyHashWithoutAKeyReachesEveryone() {
    var shares = shares(Balancing.KEY_HASH.create(1), FakeCandidates.idle(4), 10_000);
    assertThat(shares).doesNotContain(0);
  }
}

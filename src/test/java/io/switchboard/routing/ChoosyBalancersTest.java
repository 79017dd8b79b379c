package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.options.InvalidOption;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those that go by more than whose turn it is: weights, latencies, loads and labels. */
class ChoosyBalancersTest {
  private static final long SECOND = 1_000_000_000L;

  private static String choices(Balancer balancer, FakeCandidates candidates, int count) {
    return IntStream.range(0, count).mapToObj(i -> "abcdef".charAt(
      balancer.choose(candidates, null)) + "").collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, abcabc", "5, 1, 1, aabacaa", "3, 1, 1, abaca", "2, 1, 1, abcaabca"})
  void weightedMixesItsSharesWell(int first, int second, int third, String expected) {
    var candidates = FakeCandidates.idle(3).weighing(first, second, third);
    assertThat(choices(Balancing.WEIGHTED.create(1), candidates, expected.length()))
      .isEqualTo(expected);
  }

  @Test
  void weightedGivesTheShareOfAFullWorkerToTheOthers() {
    var candidates = FakeCandidates.idle(3).weighing(8, 2, 1).full(0);
    assertThat(choices(Balancing.WEIGHTED.create(1), candidates, 6)).isEqualTo("bcbbcb");
  }

  @Test
  void weightedKeepsItsSharesForEachLane() {
    var balancer = Balancing.WEIGHTED.create(2);
    var shares = new int[2];
    for (int i = 0; i < 4_000; i++) {
      shares[balancer.choose(FakeCandidates.idle(2).weighing(3, 1).onLane(i & 1), null)]++;
    }
    assertThat(shares).containsExactly(3_000, 1_000);
  }

  @ParameterizedTest
  @CsvSource({"1e6, 0, 4e6, 0, 0", "4e6, 0, 1e6, 0, 1", "1e6, 5, 4e6, 0, 1", "1e6, 2, 4e6, 0, 0",
    "0, 0, 1e6, 0, 0", "0, 1, 1e6, 9, 1", "0, 1, 0, 2, 0"})
  void latencyAwareTakesTheCheaper(
    double firstNanos, int firstLoad, double secondNanos, int secondLoad, int chosen) {
    var candidates =
      FakeCandidates.withLoads(firstLoad, secondLoad).taking(firstNanos, secondNanos);
    for (int i = 0; i < 20; i++) {
      assertThat(Balancing.LATENCY_AWARE.create(1).choose(candidates, null)).isEqualTo(chosen);
    }
  }

  @Test
  void aLatencyRisesAtOnceAndIsForgottenSlowly() {
    var latency = new PeakLatency();
    assertThat(latency.at(0)).isZero();
    latency.observe(1_000, 0);
    assertThat(latency.at(0)).isEqualTo(1_000);
    latency.observe(9_000, 0);
    assertThat(latency.at(0)).isEqualTo(9_000);
    latency.observe(1_000, SECOND);
    assertThat(latency.at(SECOND)).isBetween(8_000.0, 8_500.0);
    for (int i = 1; i <= 60; i++) {
      latency.observe(1_000, SECOND + i * SECOND);
    }
    assertThat(latency.at(61 * SECOND)).isBetween(1_000.0, 1_100.0);
    assertThat(latency.at(161 * SECOND)).isLessThan(1);
  }

  @Test
  void stickyStaysWithAKeyWhileItsWorkerIsNotMuchBusier() {
    var sticky = Balancing.STICKY.create(1);
    var hash = Balancing.KEY_HASH.create(1);
    for (int i = 0; i < 1_000; i++) {
      var key = "user-" + i;
      var even = FakeCandidates.withLoads(10, 12, 9, 11);
      int home = hash.choose(even, key);
      assertThat(sticky.choose(even, key)).isEqualTo(home);
      var busy = FakeCandidates.withLoads(10, 10, 10, 10);
      busy.loads[home] = 30;
      int next = sticky.choose(busy, key);
      assertThat(next).isNotEqualTo(home);
      assertThat(next).isEqualTo(hash.choose(FakeCandidates.idle(4).full(home), key));
    }
  }

  @Test
  void stickyGoesToABusyWorkerRatherThanToNobody() {
    var candidates = FakeCandidates.withLoads(100, 0, 0).full(1, 2);
    assertThat(Balancing.STICKY.create(1).choose(candidates, "key")).isZero();
  }

  @Test
  void labelTakesTheBestAgreementAndAmongEqualsTheLeastLoaded() {
    var balancer = Balancing.LABEL.create(1, Map.of("zone", "a", "hardware", "gpu"));
    var candidates = FakeCandidates.withLoads(0, 5, 3, 4)
      .labelled(0, Map.of("zone", "b"))
      .labelled(1, Map.of("zone", "a"))
      .labelled(2, Map.of("zone", "a", "hardware", "cpu"))
      .labelled(3, Map.of("zone", "a", "hardware", "gpu"));
    assertThat(balancer.choose(candidates, null)).isEqualTo(3);
    assertThat(balancer.choose(candidates.full(3), null)).isEqualTo(2);
    assertThat(balancer.choose(candidates.full(2), null)).isEqualTo(1);
    assertThat(balancer.choose(candidates.full(1), null)).isZero();
  }

  @Test
  void labelWithoutWishesReachesEveryone() {
    var balancer = Balancing.LABEL.create(1);
    var candidates = FakeCandidates.idle(4);
    var shares = new int[4];
    for (int i = 0; i < 4_000; i++) {
      shares[balancer.choose(candidates, null)]++;
    }
    assertThat(IntStream.of(shares).min().orElseThrow()).isGreaterThan(800);
  }

  @Test
  void aBalancerOfOnesOwnHasAnInstanceForEachLaneAndIsCorrected() {
    var made = new AtomicInteger();
    var own = new OwnBalancer("Mine", 2, () -> {
      int instance = made.getAndIncrement();
      return (candidates, key) -> switch (key) {
        case "throw" -> throw new IllegalStateException("on purpose");
        case "outside" -> 7;
        case "full" -> 0;
        default -> instance + 1;
      };
    });
    assertThat(made).hasValue(2);
    var candidates = FakeCandidates.idle(3).full(0);
    assertThat(own.choose(candidates.onLane(0), "mine")).isEqualTo(1);
    assertThat(own.choose(candidates.onLane(1), "mine")).isEqualTo(2);
    for (var mistake : new String[] {"throw", "outside", "full"}) {
      assertThat(own.choose(candidates, mistake)).isIn(1, 2);
    }
  }

  @Test
  void labelsAreBoundedAndSurviveTheWayAsAttributes() {
    var labels = Map.of("zone", "a", "version", "2");
    assertThat(Labels.read(new JsonObject().put("zone", "a").put("version", 2), "labels"))
      .isEqualTo(labels);
    var attributes = new JsonObject(Labels.attributes(7, labels).encode());
    assertThat(Labels.ofAttributes(attributes)).isEqualTo(labels);
    assertThat(Labels.weightOfAttributes(attributes)).isEqualTo(7);
    assertThat(Labels.attributes(1, Map.of()).isEmpty()).isTrue();
    assertThat(Labels.ofAttributes(new JsonObject().put("labels", 3))).isEmpty();
    assertThat(Labels.weightOfAttributes(new JsonObject().put("weight", "x"))).isEqualTo(1);
    assertThat(Labels.weightOfAttributes(new JsonObject().put("weight", -5))).isEqualTo(1);
    assertThatThrownBy(() -> Labels.read(new JsonObject().put("a b", "c"), "labels"))
      .isInstanceOf(InvalidOption.class).hasMessageStartingWith("labels: ");
    assertThatThrownBy(() -> Labels.read(new JsonObject().put("a", ""), "labels"))
      .isInstanceOf(InvalidOption.class);
    assertThatThrownBy(() -> Labels.checkedWeight(0)).hasMessageContaining("between 1 and");
  }
}

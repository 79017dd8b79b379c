package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each balancer is for, shown by what callers see. Everything is the same in every run. */
class BalancerSimulationTest {
  private static final long SEED = 4_711;
  private static final int REQUESTS = 100_000;

  private static Simulation fourWorkers() {
    return new Simulation(SEED, FakeCandidates.idle(4));
  }

  private static Simulation.Outcome run(Simulation simulation, Balancing balancing, int rate) {
    return simulation.run(balancing.create(1), REQUESTS, rate);
  }

  @ParameterizedTest
  @EnumSource(value = Balancing.class, names = {"LEAST_LOADED", "LATENCY_AWARE"})
  void aWorkerFourTimesSlowerHardlyHurts(Balancing balancing) {
    var inTurn = run(fourWorkers().slowing(2, 4), Balancing.ROUND_ROBIN, 900);
    var better = run(fourWorkers().slowing(2, 4), balancing, 900);
    assertThat(better.millis(99)).isLessThan(inTurn.millis(99) / 3);
    assertThat(better.shares()[2]).isLessThan(inTurn.shares()[2] * 2 / 3);
  }

  @Test
  void latencyAwareSparesASlowWorkerAlsoWhenAllAreIdle() {
    var byLoad = run(fourWorkers().slowing(2, 20), Balancing.LEAST_LOADED, 100);
    var byLatency = run(fourWorkers().slowing(2, 20), Balancing.LATENCY_AWARE, 100);
    assertThat(byLatency.shares()[2]).isLessThan(byLoad.shares()[2] / 3);
    assertThat(byLatency.millis(95)).isLessThan(byLoad.millis(95) / 3);
  }

  @Test
  void latencyAwareComesBackToAWorkerThatHasRecovered() {
    var outcome = fourWorkers().work((request, worker, chance) ->
      -Math.log(1 - chance) / 1_000 * (worker == 2 && request < REQUESTS / 10 ? 50 : 1))
      .run(Balancing.LATENCY_AWARE.create(1), REQUESTS, 1_500);
    assertThat(outcome.shares()[2]).isGreaterThan(REQUESTS / 8);
  }

  @Test
  void roundRobinKeepsEqualWorkersMoreEvenThanChance() {
    var byChance = run(fourWorkers(), Balancing.RANDOM, 3_200);
    var inTurn = run(fourWorkers(), Balancing.ROUND_ROBIN, 3_200);
    assertThat(inTurn.millis(99)).isLessThan(byChance.millis(99) * 0.85);
  }

  @Test
  void randomIsNotFooledByARhythm() {
    Simulation.Work everyFourthIsHeavy =
      (request, worker, chance) -> (request % 4 == 0 ? 3.2 : 0.2) / 1_000;
    var inTurn = run(fourWorkers().work(everyFourthIsHeavy), Balancing.ROUND_ROBIN, 1_240);
    var byChance = run(fourWorkers().work(everyFourthIsHeavy), Balancing.RANDOM, 1_240);
    assertThat(byChance.millis(99)).isLessThan(inTurn.millis(99) / 2);
  }

  @Test
  void weightedGivesStrongWorkersTheirShare() {
    Simulation.Work firstIsFiveTimesFaster =
      (request, worker, chance) -> -Math.log(1 - chance) / (worker == 0 ? 5_000 : 1_000);
    var inTurn = run(fourWorkers().work(firstIsFiveTimesFaster), Balancing.ROUND_ROBIN, 3_600);
    var weighted = run(new Simulation(SEED, FakeCandidates.idle(4).weighing(5, 1, 1, 1))
      .work(firstIsFiveTimesFaster), Balancing.WEIGHTED, 3_600);
    assertThat(weighted.millis(99)).isLessThan(inTurn.millis(99) / 3);
    assertThat(weighted.shares()[0]).isEqualTo(REQUESTS * 5 / 8);
  }

  @Test
  void keyHashFindsWhatItsWorkersRemember() {
    assertThat(misses(Balancing.KEY_HASH)).isLessThan(misses(Balancing.ROUND_ROBIN) / 3);
  }

  /** How often a worker gets a key that it has not had before. */
  private static int misses(Balancing balancing) {
    var random = new Random(SEED);
    var keys = IntStream.range(0, REQUESTS).mapToObj(i -> "user-" + random.nextInt(5_000))
      .toArray(String[]::new);
    Set<String> remembered = new HashSet<>();
    fourWorkers().keys(request -> keys[request]).work((request, worker, chance) -> {
      remembered.add(worker + keys[request]);
      return 0.001;
    }).run(balancing.create(1), REQUESTS, 2_000);
    return remembered.size();
  }

  @Test
  void stickyKeepsItsKeysAndSurvivesAPopularOne() {
    var random = new Random(SEED);
    var keys = IntStream.range(0, REQUESTS)
      .mapToObj(i -> random.nextInt(10) < 3 ? "everybody" : "user-" + random.nextInt(5_000))
      .toArray(String[]::new);
    var candidates = FakeCandidates.idle(4);
    var homes = new int[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      homes[i] = Balancing.KEY_HASH.create(1).choose(candidates, keys[i]);
    }
    var atHome = new int[1];
    Simulation.Work noted = (request, worker, chance) -> {
      atHome[0] += worker == homes[request] ? 1 : 0;
      return -Math.log(1 - chance) / 1_000;
    };
    var byHash = run(fourWorkers().keys(i -> keys[i]).work(noted), Balancing.KEY_HASH, 2_400);
    atHome[0] = 0;
    var sticky = run(fourWorkers().keys(i -> keys[i]).work(noted), Balancing.STICKY, 2_400);
    assertThat(sticky.millis(99)).isLessThan(byHash.millis(99) / 3);
    assertThat(atHome[0]).isGreaterThan(REQUESTS * 7 / 10);
  }

  @Test
  void labelStaysInItsZoneAndLeavesItWhenThatIsFull() {
    var candidates = FakeCandidates.idle(4)
      .labelled(0, Map.of("zone", "a")).labelled(1, Map.of("zone", "a"))
      .labelled(2, Map.of("zone", "b")).labelled(3, Map.of("zone", "b"));
    Simulation.Work farIsFiveMillisAway =
      (request, worker, chance) -> (worker < 2 ? 0 : 0.005) - Math.log(1 - chance) / 2_000;
    var inTurn = run(fourWorkers().work(farIsFiveMillisAway), Balancing.ROUND_ROBIN, 600);
    var near = new Simulation(SEED, candidates).work(farIsFiveMillisAway)
      .run(Balancing.LABEL.create(1, Map.of("zone", "a")), REQUESTS, 600);
    assertThat(near.millis(99)).isLessThan(inTurn.millis(99) / 3);
    assertThat(near.shares()[2] + near.shares()[3]).isZero();
    var full = new Simulation(SEED, candidates.full(0, 1))
      .run(Balancing.LABEL.create(1, Map.of("zone", "a")), 1_000, 600);
    assertThat(full.shares()[2] + full.shares()[3]).isEqualTo(1_000);
  }
}

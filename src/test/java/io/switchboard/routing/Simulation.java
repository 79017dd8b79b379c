package io.switchboard.routing;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A service in virtual time: requests come at random, wait for the one they were given to, which
 * works on one at a time, and are answered. Nothing of it depends on the machine; a seed says all.
 */
final class Simulation {
  private static final double NANOS = 1e9;

  private final Random random;
  private final FakeCandidates workers;
  private final PeakLatency[] latencies;
  private final long[] freeAt;
  private final PriorityQueue<Answer> answers =
    new PriorityQueue<>((left, right) -> Long.compare(left.at, right.at));
  private final int[] shares;
  private IntFunction<String> keys = request -> null;
  private Work work = (request, worker, chance) -> -Math.log(1 - chance) / 1_000;

  /** How many seconds a worker works on a request. */
  @FunctionalInterface
  interface Work {
    double seconds(int request, int worker, double chance);
  }

  /** When each request was answered after it came, and how many each worker had. */
  record Outcome(long[] sorted, int[] shares) {
    double millis(double percentile) {
      return sorted[(int) (percentile / 100 * (sorted.length - 1))] / 1e6;
    }
  }

  private record Answer(long at, int worker, long cameAt) {
  }

  Simulation(long seed, FakeCandidates workers) {
    random = new Random(seed);
    this.workers = workers;
    freeAt = new long[workers.size()];
    shares = new int[workers.size()];
    latencies = new PeakLatency[workers.size()];
    Arrays.setAll(latencies, i -> new PeakLatency());
  }

  Simulation keys(IntFunction<String> ofRequest) {
    keys = ofRequest;
    return this;
  }

  Simulation work(Work ofRequest) {
    work = ofRequest;
    return this;
  }

  /** Every worker takes 1 ms on average, the one of that index so many times longer. */
  Simulation slowing(int slow, double times) {
    return work((request, worker, chance) ->
      -Math.log(1 - chance) / 1_000 * (worker == slow ? times : 1));
  }

  Outcome run(Balancer balancer, int requests, double perSecond) {
    var took = new long[requests];
    int answered = 0;
    double now = 0;
    for (int i = 0; i < requests; i++) {
      now += -Math.log(1 - random.nextDouble()) / perSecond * NANOS;
      long at = (long) now;
      while (!answers.isEmpty() && answers.peek().at <= at) {
        took[answered++] = answer(answers.remove());
      }
      for (int each = 0; each < workers.size(); each++) {
        workers.latencies[each] = latencies[each].at(at);
      }
      int chosen = balancer.choose(workers, keys.apply(i));
      long begun = Math.max(at, freeAt[chosen]);
      freeAt[chosen] =
        begun + (long) (work.seconds(i, chosen, random.nextDouble()) * NANOS);
      workers.loads[chosen]++;
      shares[chosen]++;
      answers.add(new Answer(freeAt[chosen], chosen, at));
    }
    while (!answers.isEmpty()) {
      took[answered++] = answer(answers.remove());
    }
    Arrays.sort(took);
    return new Outcome(took, shares);
  }

  private long answer(Answer answer) {
    workers.loads[answer.worker]--;
    long took = answer.at - answer.cameAt;
    latencies[answer.worker].observe(took, answer.at);
    return took;
  }
}

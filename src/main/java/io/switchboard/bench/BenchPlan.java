package io.switchboard.bench;

import java.time.Duration;
import java.util.List;

/**
 * What is measured and for how long.
 *
 * @param workloads   one after another
 * @param outstanding how many requests are kept under way, each number a measurement
 * @param subscribers how many subscribers get each event, each number a measurement
 * @param payload     bytes of each body
 * @param rate        requests a second of the measurement at a fixed rate; 0 for 60 % of what
 *                    the plain event bus reaches in this run
 * @param rounds      how often each contender is measured; they take turns
 * @param round       how long one measurement takes
 * @param warmUp      how long each contender runs before the first round
 */
public record BenchPlan(List<Workload> workloads, List<Integer> outstanding,
  List<Integer> subscribers, int payload, int rate, int rounds, Duration round,
  Duration warmUp) {

  /** The payload for which the targets are set. */
  public static final int TARGET_PAYLOAD = 128;

  /** How long the numbered round takes; those below zero are warm-up. */
  Duration time(int round) {
    return round < 0 ? warmUp : this.round;
  }
}

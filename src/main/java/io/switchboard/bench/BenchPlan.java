package io.switchboard.bench;

import java.time.Duration;
import java.util.List;

/**
 * What is measured and for how long.
 *
 * @param workloads   one after another
 * @param outstanding how many requests are kept under way, each number a measurement
 * @param payload     bytes of each body
 * @param rounds      how often each contender is measured; they take turns
 * @param round       how long one measurement takes
 * @param warmUp      how long each contender runs before the first round
 */
public record BenchPlan(List<Workload> workloads, List<Integer> outstanding, int payload,
  int rounds, Duration round, Duration warmUp) {

  /** The work that both contenders do. */
  public enum Workload {
    /** Requests to a worker on the other node, answered with the body. */
    REQUEST,
    /** Requests to a worker on the same node, on another context. */
    LOCAL,
    /** 10,000 exchanges or addresses on the other node, until each has answered once. */
    REGISTER
  }
}

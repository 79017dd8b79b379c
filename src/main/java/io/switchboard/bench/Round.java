package io.switchboard.bench;

import org.HdrHistogram.Histogram;

/**
 * One measurement of one contender.
 *
 * @param perSecond  completed operations, or deliveries, or MiB
 * @param operations how many were completed in all
 * @param latency    of each operation, in nanoseconds; null where none is measured
 * @param failures   operations that failed or were lost
 * @param cost       what it took on all nodes together
 */
record Round(
  double perSecond, long operations, Histogram latency, long failures, Cost cost) {

  Round(double perSecond, long operations, Histogram latency, long failures) {
    this(perSecond, operations, latency, failures, Cost.UNKNOWN);
  }

  Round with(Cost cost) {
    return new Round(perSecond, operations, latency, failures, cost);
  }

  /** Those answered later than that; NaN where no latency is measured. */
  double slowerThan(long nanos) {
    return latency == null ? Double.NaN
      : latency.getTotalCount() - latency.getCountBetweenValues(0, nanos);
  }

  /** Of those answered; NaN where no latency is measured. */
  double slowestMillis() {
    return latency == null ? Double.NaN : latency.getMaxValue() / 1_000_000.0;
  }

  /** NaN where no latency is measured. */
  double micros(double percentile) {
    return latency == null ? Double.NaN : latency.getValueAtPercentile(percentile) / 1_000.0;
  }
}

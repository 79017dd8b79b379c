package io.switchboard.bench;

import org.HdrHistogram.Histogram;

/**
 * One measurement of one contender.
 *
 * @param perSecond completed operations
 * @param latency   of each operation, in nanoseconds
 * @param failures  operations that failed
 */
record Round(double perSecond, Histogram latency, long failures) {
  double micros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1_000.0;
  }
}

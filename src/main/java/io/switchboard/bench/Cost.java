package io.switchboard.bench;

/**
 * What one round took.
 *
 * @param bytesPerOperation  allocated by all measured processes; NaN when unknown
 * @param microsPerOperation processor time of all measured processes; NaN when unknown
 * @param foreignCores       processors that other programs used meanwhile; NaN when unknown
 * @param hiccupMillis       how late an idle thread was, 99th percentile; NaN when unknown
 */
record Cost(double bytesPerOperation, double microsPerOperation, double foreignCores,
  double hiccupMillis) {
  static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * @param busyCores processors in use on the whole machine between the two; NaN when unknown
   */
  static Cost between(Usage before, Usage after, long operations, double busyCores,
    double hiccupMillis) {
    var used = after.minus(before);
    double ownCores = (double) used.processorNanos() / Math.max(1, used.atNanos());
    return new Cost(used.allocatedBytes() / Math.max(1.0, operations),
      used.processorNanos() / 1_000.0 / Math.max(1, operations),
      Math.max(0, busyCores - ownCores), hiccupMillis);
  }
}

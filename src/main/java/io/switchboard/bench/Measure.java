package io.switchboard.bench;

/** By which figure two contenders are compared. */
public enum Measure {
  /** Operations, deliveries or bytes a second: more is better. */
  RATE("rate", false),
  /** The median latency: less is better. */
  P50("p50", true),
  /** The 99th percentile of latency: less is better. */
  P99("p99", true),
  /** Bytes allocated for each operation, all nodes together: less is better. */
  ALLOCATION("allocation", true),
  /** Operations that failed or were lost: a count. */
  FAILED("failed", true),
  /** Those that were answered after more than 100 ms: a count. */
  SLOW("slower than 100 ms", true),
  /** The longest time to an answer, in milliseconds. */
  SLOWEST("slowest", true);

  private static final long SLOW_NANOS = 100_000_000;

  private final String word;
  private final boolean lowerIsBetter;

  Measure(String word, boolean lowerIsBetter) {
    this.word = word;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** As it stands in tables and JSON. */
  public String word() {
    return word;
  }

  double of(Round round) {
    return switch (this) {
      case RATE -> round.perSecond();
      case P50 -> round.micros(50);
      case P99 -> round.micros(99);
      case ALLOCATION -> round.cost().bytesPerOperation();
      case FAILED -> round.failures();
      case SLOW -> round.slowerThan(SLOW_NANOS);
      case SLOWEST -> round.slowestMillis();
    };
  }

  /** True where each round has to reach the goal, whatever else the machine did. */
  boolean isCount() {
    return this == FAILED || this == SLOW;
  }

  boolean reaches(double ratio, double goal) {
    return lowerIsBetter ? ratio <= goal : ratio >= goal;
  }
}

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
  ALLOCATION("allocation", true);

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
    };
  }

  boolean reaches(double ratio, double goal) {
    return lowerIsBetter ? ratio <= goal : ratio >= goal;
  }
}

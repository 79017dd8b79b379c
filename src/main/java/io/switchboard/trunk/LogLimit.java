package io.switchboard.trunk;

/** Lets so many lines of one sort into the log in a period. Thread-safe. */
public final class LogLimit {
  static final int LINES = 20;
  static final long PERIOD_NANOS = 10_000_000_000L;

  private long periodBegan;
  private int lines;
  private long unsaid;

  /** The lines that were left out before this one, which may be written; -1: leave it out. */
  public synchronized long ask(long nowNanos) {
    if (lines == 0 || nowNanos - periodBegan >= PERIOD_NANOS) {
      periodBegan = nowNanos;
      lines = 0;
    }
    if (lines == LINES) {
      unsaid++;
      return -1;
    }
    lines++;
    long before = unsaid;
    unsaid = 0;
    return before;
  }
}

package io.switchboard.exchange;

/**
 * How much more than it was asked for a lane may send to one exchange: a share of the requests,
 * and a floor for an exchange that is rarely asked. A token bucket that requests and time fill.
 * Pure, not thread-safe.
 */
final class Budget {
  /** What an idle exchange may not save up beyond: the extra requests of one burst. */
  static final int MAX_SAVED = 1_000;

  private static final int WHOLE = 100;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int percent;
  private final int floor;
  /** In hundredths of an extra request. */
  private long saved;
  private long filledNanos;

  /**
   * @param percent so many extra requests for a hundred requests
   * @param floor   so many in the beginning, and one more each second up to that many
   */
  Budget(int percent, int floor, long nowNanos) {
    this.percent = percent;
    this.floor = floor;
    saved = (long) floor * WHOLE;
    filledNanos = nowNanos;
  }

  /** A request was made. */
  void asked() {
    saved = Math.min(saved + percent, (long) MAX_SAVED * WHOLE);
  }

  /** Takes one extra request out; false when there is none left. */
  boolean take(long nowNanos) {
    refill(nowNanos);
    if (saved < WHOLE) {
      return false;
    }
    saved -= WHOLE;
    return true;
  }

  private void refill(long nowNanos) {
    long seconds = (nowNanos - filledNanos) / NANOS_PER_SECOND;
    filledNanos += seconds * NANOS_PER_SECOND;
    long lowest = (long) floor * WHOLE;
    if (saved < lowest) {
      saved = Math.min(lowest, saved + seconds * WHOLE);
    }
  }
}

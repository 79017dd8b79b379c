package io.switchboard.task;

/**
 * When the store lost a node last that may have held copies. Who waits for the copy there would
 * wait for seconds, until the store gives it up: a takeover begun anew does not.
 */
final class LostCopies {
  /** What was begun within this time of a loss may wait for a copy in vain. */
  private static final long AFTER_LOSS_NANOS = 2_000_000_000;

  private long lostAt;

  LostCopies(long nowNanos) {
    lostAt = nowNanos - AFTER_LOSS_NANOS;
  }

  void lost(long nowNanos) {
    lostAt = nowNanos;
  }

  /**
   * True when what was begun then, and has not ended, seems to wait for one.
   *
   * @param patienceNanos how long it takes where the store is healthy
   */
  boolean areAwaited(long sinceNanos, long patienceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= patienceNanos && nowNanos - lostAt >= patienceNanos
      && sinceNanos - lostAt < AFTER_LOSS_NANOS;
  }
}

package io.switchboard.task;

/**
 * Knows when this process stood still for so long that others may have given up what it had in
 * hand: stopped, on a paused machine, or without a processor. Any thread may ask.
 */
final class Standstill {
  /** Shorter than the silence after which a node is given up. */
  private static final long NOTABLE_NANOS = 2_000_000_000;
  /** What its sockets had kept is read first, and within this time. */
  private static final long BACKLOG_NANOS = 100_000_000;
  /** Within this time, on a busy machine as well. */
  private static final long READ_NANOS = 5_000_000_000L;

  private volatile long lastBeat;
  private volatile long lastEnd;

  Standstill(long nowNanos) {
    lastBeat = nowNanos;
    lastEnd = nowNanos - READ_NANOS;
  }

  /** From now on it is called several times a second. */
  void begin(long nowNanos) {
    lastBeat = nowNanos;
  }

  /** To be called several times a second. */
  void beat(long nowNanos) {
    if (nowNanos - lastBeat > NOTABLE_NANOS) {
      lastEnd = nowNanos;
    }
    lastBeat = nowNanos;
  }

  /** True when the process stood still since then, or what came then had waited for it. */
  boolean happenedSince(long nanos, long nowNanos) {
    return nowNanos - lastBeat > NOTABLE_NANOS || nanos - lastEnd < BACKLOG_NANOS;
  }

  /** True when the process stood still since then, or what came then may have waited for it. */
  boolean concerns(long arrivedNanos, long nowNanos) {
    return happenedSince(arrivedNanos, nowNanos) || arrivedNanos - lastEnd < READ_NANOS;
  }
}

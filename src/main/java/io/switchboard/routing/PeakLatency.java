package io.switchboard.routing;

/**
 * How long a worker takes to answer: a moving average that jumps to every value above it and
 * forgets exponentially (the peak EWMA of Twitter's Finagle). What is not confirmed sinks, so
 * that a worker that was slow once is tried again. Pure, not thread-safe.
 */
public final class PeakLatency {
  /** After this time 37 % of an old value are left. */
  static final double MEMORY_NANOS = 10e9;

  private double average;
  private long stampNanos;

  /** An answer took so long. */
  public void observe(long latencyNanos, long nowNanos) {
    double old = at(nowNanos);
    double share = share(nowNanos);
    average = latencyNanos > old
      ? latencyNanos : average * share + latencyNanos * (1 - share);
    stampNanos = nowNanos;
  }

  /** The average at a time not before the last observation; 0 when there was none. */
  public double at(long nowNanos) {
    return average == 0 ? 0 : average * share(nowNanos);
  }

  private double share(long nowNanos) {
    return Math.exp((stampNanos - nowNanos) / MEMORY_NANOS);
  }
}

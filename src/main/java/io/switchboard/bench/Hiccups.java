package io.switchboard.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How late a thread is that wants to run every millisecond. No contender can be sooner than the
 * machine lets it: a tail that is no longer than this says nothing about the contender.
 */
final class Hiccups {
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Histogram late = new Histogram(TimeUnit.MINUTES.toNanos(1), 2);
  private final Thread thread = new Thread(this::watch, "bench-hiccups");
  private volatile boolean ended;

  /** Watches from now on. */
  static Hiccups start() {
    var hiccups = new Hiccups();
    hiccups.thread.setDaemon(true);
    hiccups.thread.start();
    return hiccups;
  }

  private void watch() {
    long last = System.nanoTime();
    while (!ended) {
      LockSupport.parkNanos(BEAT_NANOS);
      long now = System.nanoTime();
      synchronized (late) {
        // Whoever wanted to run meanwhile was late by what was left of it.
        late.recordValueWithExpectedInterval(Math.max(0, now - last - BEAT_NANOS), BEAT_NANOS);
      }
      last = now;
    }
  }

  /** The 99th percentile, in milliseconds. */
  double end() {
    ended = true;
    synchronized (late) {
      return late.getValueAtPercentile(99) / 1e6;
    }
  }
}

package io.switchboard.message;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Deadlines as points on this process's {@link System#nanoTime()} line. They cross nodes as
 * remaining time, never as wall-clock time, so clocks need not agree.
 */
public final class Deadline {
  /** The longest time that anyone may wait for an answer. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private Deadline() {
  }

  /** The point that lies the timeout after now. Throws BAD_REQUEST beyond 24 hours. */
  public static long after(long nowNanos, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "a timeout lies between 1 ms and 24 h, this one is " + timeout);
    }
    return nowNanos + timeout.toNanos();
  }

  /** What is left, in milliseconds, rounded up; 0 or less when it has passed. */
  public static int remainingMillis(long deadlineNanos, long nowNanos) {
    long left = deadlineNanos - nowNanos;
    return (int) ((left + (left > 0 ? 999_999 : 0)) / 1_000_000);
  }

  /** The point at which a remaining time that has just arrived runs out. */
  public static long fromRemaining(int remainingMillis, long nowNanos) {
    return nowNanos + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
  }

  /** True from the deadline on. Correct also where nanoTime wraps. */
  public static boolean hasPassed(long deadlineNanos, long nowNanos) {
    return deadlineNanos - nowNanos <= 0;
  }
}

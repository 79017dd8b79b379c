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

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Deadline() {
  }

  /** The point that lies the timeout after now: 1 ms to 24 h, else it throws BAD_REQUEST. */
  public static long after(long nowNanos, Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "a timeout lies between 1 ms and 24 h, this one is " + timeout);
    }
    return nowNanos + timeout.toNanos();
  }

  /** What is left, in milliseconds, rounded up; 0 or less when it has passed. */
  public static int remainingMillis(long deadlineNanos, long nowNanos) {
    long left = deadlineNanos - nowNanos;
    long millis = left / NANOS_PER_MILLI + (left % NANOS_PER_MILLI > 0 ? 1 : 0);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, millis));
  }

  /** The point at which a remaining time that has just arrived runs out; 24 h off at most. */
  public static long fromRemaining(int remainingMillis, long nowNanos) {
    long believed = Math.min(remainingMillis, LONGEST.toMillis());
    return nowNanos + TimeUnit.MILLISECONDS.toNanos(believed);
  }

  /** True from the deadline on. Correct also where nanoTime wraps. */
  public static boolean hasPassed(long deadlineNanos, long nowNanos) {
    return deadlineNanos - nowNanos <= 0;
  }
}

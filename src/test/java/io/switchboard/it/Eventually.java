package io.switchboard.it;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what becomes true in other processes, always with a limit. */
public final class Eventually {
  private static final Duration PAUSE = Duration.ofMillis(25);

  /** A look at something outside this process. */
  @FunctionalInterface
  public interface Look<T> {
    /** Throws IOException while there is nothing to see, such as a port that is closed. */
    T look() throws IOException;
  }

  private Eventually() {
  }

  /** The first thing seen that is good; fails with the last one seen when there is none. */
  public static <T> T see(String what, Duration limit, Look<T> look, Predicate<T> good) {
    long end = System.nanoTime() + limit.toNanos();
    Object last;
    do {
      try {
        var seen = look.look();
        if (good.test(seen)) {
          return seen;
        }
        last = seen;
      } catch (IOException nothing) {
        last = nothing;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
    throw new AssertionError((Thread.currentThread().isInterrupted() ? "interrupted before: "
      : "not within " + limit + ": ") + what + "; last seen: " + last);
  }

  /** Waits until the condition holds. */
  public static void holds(String what, Duration limit, Look<Boolean> condition) {
    see(what, limit, condition, holds -> holds);
  }
}

package io.switchboard.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

/** Looks for a window of time in which certain threads do next to nothing. */
public final class QuietThreads {
  private static final long WINDOW_NANOS = 200_000_000;
  private static final long MOST_NANOS = WINDOW_NANOS / 4;

  private final Predicate<String> names;
  private long windowBegan = System.nanoTime();
  private long usedBefore;

  /** @param names which threads, by their names */
  public QuietThreads(Predicate<String> names) {
    this.names = names;
    usedBefore = used();
  }

  /** True when a window has just ended that was quiet; to be asked again and again. */
  public boolean were() {
    if (System.nanoTime() - windowBegan < WINDOW_NANOS) {
      return false;
    }
    long used = used();
    boolean quiet = used - usedBefore < MOST_NANOS;
    windowBegan = System.nanoTime();
    usedBefore = used;
    return quiet;
  }

  private long used() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds()).mapToObj(threads::getThreadInfo)
      .filter(Objects::nonNull).filter(thread -> names.test(thread.getThreadName()))
      .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId())).sum();
  }
}

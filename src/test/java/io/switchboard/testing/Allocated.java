package io.switchboard.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** How many bytes the threads of this JVM have allocated on its heap. */
public final class Allocated {
  private static final int ROUNDS = 4;
  private static final ThreadMXBean THREADS =
    (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {
  }

  /** Something that makes other threads allocate. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * What other threads allocate during the work, in the least of four rounds: what has nothing to
   * do with it (a thread that starts, code that is compiled) is not in all of them.
   */
  public static long byOtherThreadsDuring(Work work) throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = byOtherThreads();
      work.run();
      least = Math.min(least, byOtherThreads() - before);
    }
    return least;
  }

  /** Since they started, by all threads that live now but the caller's. */
  public static long byOtherThreads() {
    long own = Thread.currentThread().getId();
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      sum += id == own ? 0 : Math.max(0, THREADS.getThreadAllocatedBytes(id));
    }
    return sum;
  }
}

package io.switchboard.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes the threads of this JVM have allocated on its heap. */
public final class Allocated {
  private static final ThreadMXBean THREADS =
    (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {
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

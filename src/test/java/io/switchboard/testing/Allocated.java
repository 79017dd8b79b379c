package io.switchboard.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * How many bytes the event loops of this JVM have allocated on its heap: they are who reads
 * sockets. What Hazelcast's threads take while a cluster forms is not counted.
 */
public final class Allocated {
  private static final int ROUNDS = 4;
  private static final String EVENT_LOOP = "vert.x-eventloop-thread";
  private static final ThreadMXBean THREADS =
    (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {
  }

  /** Something that makes event loops allocate. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * What event loops allocate during the work, in the least of four rounds: what has nothing to
   * do with it (a loop that starts, another node's heartbeats) is not in all of them.
   */
  public static long byEventLoopsDuring(Work work) throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = byEventLoops();
      work.run();
      least = Math.min(least, byEventLoops() - before);
    }
    return least;
  }

  /** Since they started, by all that live now. */
  public static long byEventLoops() {
    long sum = 0;
    for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(EVENT_LOOP)) {
        sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return sum;
  }
}

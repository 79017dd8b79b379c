package io.switchboard.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;

/**
 * What processes have used since they started.
 *
 * @param atNanos        when that was so, on the clock of whoever looked
 * @param allocatedBytes by the threads that live now
 * @param processorNanos of all threads
 */
record Usage(long atNanos, long allocatedBytes, long processorNanos) {
  /** Of this process. */
  static Usage ofThisProcess() {
    return new Usage(System.nanoTime(), allocatedByLiveThreads(), processorTime());
  }

  private static long allocatedByLiveThreads() {
    long sum = 0;
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
      for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
        sum += Math.max(0, bytes);
      }
    }
    return sum;
  }

  private static long processorTime() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
      ? system.getProcessCpuTime() : 0;
  }

  /** Processors in use on the whole machine since the last call; NaN when unknown. */
  static double busyCores() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      double load = system.getCpuLoad();
      return load < 0 ? Double.NaN : load * Runtime.getRuntime().availableProcessors();
    }
    return Double.NaN;
  }

  /** Of two processes together; the time is this one's. */
  Usage plus(Usage other) {
    return new Usage(atNanos, allocatedBytes + other.allocatedBytes,
      processorNanos + other.processorNanos);
  }

  Usage minus(Usage earlier) {
    return new Usage(atNanos - earlier.atNanos, allocatedBytes - earlier.allocatedBytes,
      processorNanos - earlier.processorNanos);
  }

  JsonObject toJson() {
    return new JsonObject().put("allocated", allocatedBytes).put("processor", processorNanos);
  }

  static Usage from(JsonObject json) {
    return new Usage(0, json.getLong("allocated"), json.getLong("processor"));
  }
}

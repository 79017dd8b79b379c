package io.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks Hazelcast whether a member may be lost. While copies are missing it takes up to ten
 * seconds to say so, so one look is under way at a time and all who ask meanwhile share the next
 * one, however often health is asked for. Any thread.
 */
final class SafetyCheck {
  private static final long ANSWER_MILLIS = 500;

  private final HazelcastInstance hazelcast;
  private final WorkerExecutor thread;
  private Future<Boolean> next;

  SafetyCheck(Vertx vertx, HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
    thread = vertx.createSharedWorkerExecutor("safety", 1);
  }

  /** See {@link HazelcastCluster#isSafe}. */
  Future<Boolean> isSafe() {
    return nextLook().timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS).otherwise(false);
  }

  private synchronized Future<Boolean> nextLook() {
    if (next == null) {
      next = thread.executeBlocking(this::look, false);
    }
    return next;
  }

  private boolean look() {
    synchronized (this) {
      // Who asks from now on wants to know what comes after this.
      next = null;
    }
    return hazelcast.getLifecycleService().isRunning()
      && hazelcast.getPartitionService().isLocalMemberSafe();
  }
}

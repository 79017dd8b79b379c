package io.switchboard.task;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A queue without work costs no processor time. */
class IdleQueueTest {
  private static final long WINDOW_NANOS = 200_000_000;
  private static final long MOST_NANOS = WINDOW_NANOS / 4;

  private long windowBegan = System.nanoTime();
  private long usedBefore = usedByEventLoops();

  @Test
  void anEmptiedQueueLeavesItsEventLoopAlone() {
    var vertx = Vertx.vertx();
    try {
      var board = Await.result(Switchboard.start(vertx, new JsonObject()));
      for (int i = 0; i < 4; i++) {
        Await.result(board.declare("idle-" + i, Kind.TASK, new JsonObject()));
        var tasks = board.tasks("idle-" + i);
        Await.result(tasks.work(task -> Future.succeededFuture()));
        Await.result(tasks.submit("work"));
        Await.until("the ack", () -> Await.result(tasks.counts()).acked() == 1);
      }
      Await.until("a window in which the event loops do next to nothing", this::wasQuiet);
      Await.result(board.stop());
    } finally {
      Await.result(vertx.close());
    }
  }

  private boolean wasQuiet() {
    if (System.nanoTime() - windowBegan < WINDOW_NANOS) {
      return false;
    }
    long used = usedByEventLoops();
    boolean quiet = used - usedBefore < MOST_NANOS;
    windowBegan = System.nanoTime();
    usedBefore = used;
    return quiet;
  }

  private static long usedByEventLoops() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds()).mapToObj(threads::getThreadInfo)
      .filter(Objects::nonNull)
      .filter(thread -> thread.getThreadName().startsWith("vert.x-eventloop-thread"))
      .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId())).sum();
  }
}

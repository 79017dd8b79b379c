package io.switchboard.task;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.switchboard.testing.QuietThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A queue without work costs no processor time. */
class IdleQueueTest {
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
      var eventLoops = new QuietThreads(name -> name.startsWith("vert.x-eventloop-thread"));
      Await.until("a window in which the event loops do next to nothing", eventLoops::were);
      Await.result(board.stop());
    } finally {
      Await.result(vertx.close());
    }
  }
}

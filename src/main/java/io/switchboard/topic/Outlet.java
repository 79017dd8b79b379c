package io.switchboard.topic;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Hands events over to one context: however many rows have something for it, it is woken up
 * once. Rows take turns. What waits here is bounded by the rows, each of which is in it once.
 */
final class Outlet implements Handler<Void> {
  /** Deliveries in one turn; then others on the same event loop have theirs. */
  private static final int BURST = 256;

  private final Context context;
  private final MpscUnboundedArrayQueue<Row> ready = new MpscUnboundedArrayQueue<>(64);
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Outlet(Context context) {
    this.context = context;
  }

  Context context() {
    return context;
  }

  /** The row has something and is not among the ready ones. Any thread. */
  void ready(Row row) {
    ready.offer(row);
    schedule();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      context.runOnContext(this);
    }
  }

  @Override
  public void handle(Void ignored) {
    scheduled.set(false);
    if (context.isEventLoopContext()) {
      burst();
    } else {
      single();
    }
  }

  private void burst() {
    int left = BURST;
    while (left > 0) {
      var row = ready.poll();
      if (row == null) {
        return;
      }
      left -= row.drain(left);
    }
    if (!ready.isEmpty()) {
      schedule();
    }
  }

  /** A handler that may wait gets a task of its own, with the next one queued behind it. */
  private void single() {
    var row = ready.poll();
    if (!ready.isEmpty()) {
      schedule();
    }
    if (row != null) {
      row.drainOne();
    }
  }
}

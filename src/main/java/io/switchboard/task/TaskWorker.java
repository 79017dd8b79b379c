package io.switchboard.task;

import io.switchboard.exchange.HandlerCall;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * A worker of this node and what it has in hand. Its state belongs to its home lane; the
 * handler is called on its own context; what waits for it is bounded by its prefetch.
 */
final class TaskWorker extends Holding {
  private static final int BURST = 256;
  private static final int CHUNK = 64;

  /** What a worker is made with. */
  record Terms(long id, int prefetch, long ackTimeoutMillis, boolean byHand) {
  }

  private final Terms terms;
  private final Function<Task, Future<?>> handler;
  private final Context context;
  private final boolean onHome;
  private final MpscUnboundedArrayQueue<Task> mailbox = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile boolean detached;

  TaskWorker(String exchange, Terms terms, Function<Task, Future<?>> handler, Context context,
    LaneTasks home, boolean onHome) {
    super(exchange, terms.id, terms.prefetch, terms.ackTimeoutMillis, home);
    this.terms = terms;
    this.handler = handler;
    this.context = context;
    this.onHome = onHome;
  }

  Context context() {
    return context;
  }

  long handled() {
    return handled.sum();
  }

  long failures() {
    return failed.sum();
  }

  /** A task arrives; on the home lane. */
  @Override
  void take(Task task) {
    super.take(task);
    mailbox.offer(task);
    scheduleDrain();
  }

  private void scheduleDrain() {
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    // A context that may block gets one task at a time, so that others get their turn.
    int burst = onHome ? BURST : 1;
    for (int i = 0; i < burst; i++) {
      var task = mailbox.poll();
      if (task == null) {
        return;
      }
      if (!onHome && !mailbox.isEmpty()) {
        scheduleDrain();
      }
      long now = System.nanoTime();
      if (detached || home().cameBeforeStandstill(task, now)) {
        // Others may have it, or have done it, by now; or are to have it.
        task.giveBackUnlessBegun();
      } else if (task.begin(now)) {
        handle(task);
      } else {
        home().lane().execute(() -> forget(task));
      }
    }
    scheduleDrain();
  }

  private void handle(Task task) {
    var outcome = HandlerCall.call(handler, task);
    if (outcome == null) {
      outcome = Future.succeededFuture();
    }
    if (terms.byHand && !outcome.failed()) {
      return;
    }
    outcome.onComplete(ended -> {
      if (ended.succeeded()) {
        handled.increment();
        task.settle(Verdict.ACK, 0, null);
      } else {
        failed.increment();
        task.settle(Verdict.FAIL, 0, HandlerCall.text(ended.cause()));
      }
    });
  }

  /**
   * Takes nothing more. What was not begun goes back uncounted; what was begun may end within
   * {@link #detach}'s own time when it is to be kept.
   */
  Future<Void> withdraw(boolean keep) {
    Promise<Void> done = Promise.promise();
    home().lane().execute(() -> {
      detached = true;
      held().forEach(Task::giveBackUnlessBegun);
      leave(keep).onComplete(done);
    });
    return done.future();
  }
}

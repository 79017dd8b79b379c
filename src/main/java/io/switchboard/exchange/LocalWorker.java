package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.message.CallMode;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jctools.queues.MpscChunkedArrayQueue;

/**
 * A handler of this node with its mailbox. Lanes put deliveries in; the handler is called on
 * its own context, one burst for each wake-up; answers leave by the worker's home lane.
 */
final class LocalWorker {
  private static final int BURST = 256;
  private static final int FIRST_CHUNK = 16;
  private static final long LAST_ANSWERS_NANOS = 1_000_000_000L;
  private static final SwitchboardException OVER =
    new SwitchboardException(FailureCode.CANCELLED, "the handler has answered");

  private final long id;
  private final RequestExchange exchange;
  private final RequestOptions options;
  private final Function<Request, Future<?>> handler;
  private final Context context;
  private final Lane home;
  private final boolean onHome;
  private final MpscChunkedArrayQueue<Delivery> mailbox;
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final AtomicInteger inHand = new AtomicInteger();
  private final Outcomes outcomes = new Outcomes();
  /** In hand, and either side may still say more; on the home lane. */
  private final Held held = new Held();
  private final Tallies tallies;
  private volatile boolean detached;

  /** @param onHome the context runs on the home lane's event loop */
  LocalWorker(long id, RequestExchange exchange, RequestOptions options,
    Function<Request, Future<?>> handler, Context context, Lane home, boolean onHome) {
    this.id = id;
    this.exchange = exchange;
    this.options = options;
    this.handler = handler;
    this.context = context;
    this.home = home;
    this.onHome = onHome;
    tallies = new Tallies(this, options.mailbox());
    int capacity = Math.max(4, options.mailbox());
    mailbox = new MpscChunkedArrayQueue<>(Math.min(FIRST_CHUNK, capacity / 2), capacity);
  }

  long id() {
    return id;
  }

  Lane home() {
    return home;
  }

  RequestExchange exchange() {
    return exchange;
  }

  /** Where the handler runs. */
  Context context() {
    return context;
  }

  int inHand() {
    return inHand.get();
  }

  int waiting() {
    return mailbox.size();
  }

  /** How often its handler answered, and how. */
  Outcomes outcomes() {
    return outcomes;
  }

  /** Puts the delivery in the mailbox; false when it is full. Any thread. */
  boolean offer(Delivery delivery) {
    if (!mailbox.offer(delivery)) {
      exchange.figures().overloaded.increment();
      return false;
    }
    scheduleDrain();
    return true;
  }

  /** True when the mailbox could take as much again as it holds. Any thread. */
  boolean isHalfEmpty() {
    return mailbox.size() <= mailbox.capacity() / 2;
  }

  /** Its one-way messages of other nodes. */
  Tallies tallies() {
    return tallies;
  }

  /** From now on nothing is handed out; what waits is sent back unhandled. Any thread. */
  void detach() {
    detached = true;
    scheduleDrain();
  }

  private void scheduleDrain() {
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    for (int i = 0; i < BURST; i++) {
      if (!detached && inHand.get() >= options.prefetch()) {
        return;
      }
      var delivery = mailbox.poll();
      if (delivery == null) {
        return;
      }
      if (Deadline.hasPassed(delivery.request().deadlineNanos(), System.nanoTime())) {
        drop(delivery);
        continue;
      }
      if (!onHome && !mailbox.isEmpty()) {
        scheduleDrain();
      }
      handle(delivery);
      if (!onHome) {
        // A context that may block gets one message a task, so that others get their turn.
        return;
      }
    }
    scheduleDrain();
  }

  /** Whoever waited has been told at the deadline by his own node. */
  private void drop(Delivery delivery) {
    exchange.figures().abandoned.increment();
    if (delivery.mode().isConversation() || delivery.request().isOneWay()) {
      onHomeLane(() -> finish(delivery, null));
    }
  }

  private void handle(Delivery delivery) {
    if (detached) {
      onHomeLane(() -> refuse(delivery, FailureCode.NO_WORKER, "detached"));
      return;
    }
    Future<?> answer;
    if (!onHome) {
      inHand.incrementAndGet();
      delivery.holdsSlot = true;
    }
    if (delivery.mode().isConversation() && !delivery.take()) {
      exchange.figures().abandoned.increment();
      onHomeLane(() -> finish(delivery, delivery.cancelled()));
      return;
    }
    exchange.figures().delivered.increment();
    var current = CurrentDeadline.ofThread();
    current.set(delivery.request().deadlineNanos());
    try {
      answer = HandlerCall.call(handler, delivery.request());
    } finally {
      current.clear();
    }
    if (answer == null && delivery.chunks() == null) {
      answer = Future.succeededFuture();
    }
    if (onHome && delivery.chunks() == null && answer.isComplete()) {
      if (finish(delivery, OVER)) {
        outcomes.send(delivery, answer);
      }
    } else {
      await(delivery, answer);
    }
  }

  /** The slot is held until the answer or the deadline, whichever comes first. */
  private void await(Delivery delivery, Future<?> answer) {
    onHomeLane(() -> hold(delivery));
    if (answer == null) {
      onHomeLane(delivery.chunks()::endsByItself);
    } else {
      answer.onComplete(outcome -> onHomeLane(() -> answered(delivery, answer)));
    }
  }

  private void hold(Delivery delivery) {
    if (delivery.finished) {
      return;
    }
    if (!delivery.holdsSlot) {
      inHand.incrementAndGet();
      delivery.holdsSlot = true;
    }
    if (delivery.mode() != CallMode.LONG_STREAM) {
      home.schedule(delivery, delivery.request().deadlineNanos());
    }
    held.add(delivery);
  }

  private void answered(Delivery delivery, Future<?> answer) {
    var chunks = delivery.chunks();
    if (chunks != null && answer.succeeded()) {
      chunks.handlerSucceeded();
    } else if (finish(delivery, OVER)) {
      outcomes.send(delivery, answer);
    }
  }

  /**
   * Gives the slot back, once; false when that was done before. On the home lane.
   *
   * @param reason what those who still use it are told; null for an orderly end
   */
  boolean finish(Delivery delivery, SwitchboardException reason) {
    if (delivery.finished) {
      return false;
    }
    delivery.finished = true;
    home.timers().cancel(delivery);
    held.remove(delivery);
    if (delivery.holdsSlot) {
      release();
    }
    delivery.finished();
    if (delivery.mode().isConversation()) {
      delivery.over(reason);
    }
    return true;
  }

  /** Ends it with a failure that is not the handler's own. On the home lane. */
  void refuse(Delivery delivery, FailureCode code, String message) {
    if (finish(delivery, new SwitchboardException(code, message))) {
      delivery.fail(code, message);
    }
  }

  /** Nobody waits for it any more; idempotent. On the home lane. */
  void cancel(Delivery delivery, SwitchboardException reason) {
    if (!delivery.finished && delivery.cancelled() == null) {
      delivery.cancelled(reason);
      if (delivery.isTaken()) {
        abandon(delivery, reason);
      }
    }
  }

  /** The deadline has passed; whoever waited has been told by his own node. */
  void abandon(Delivery delivery) {
    var reason = new SwitchboardException(
      FailureCode.DEADLINE, "exchange '" + exchange.name() + "': the deadline passed");
    delivery.cancelled(reason);
    abandon(delivery, reason);
  }

  private void abandon(Delivery delivery, SwitchboardException reason) {
    if (finish(delivery, reason)) {
      exchange.figures().abandoned.increment();
      delivery.request().tellCancelled(context, reason);
    }
  }

  /**
   * Its verticle is gone: whoever is in conversation with it is told at once, and who waits for a
   * plain answer when that does not come in a moment, from something that outlived it. Any
   * thread.
   */
  void gone() {
    onHomeLane(() -> {
      giveUp(true);
      home.schedule(new TimerWheel.Timer() {
        @Override
        protected void onDeadline() {
          giveUp(false);
        }
      }, System.nanoTime() + LAST_ANSWERS_NANOS);
    });
  }

  private void giveUp(boolean conversationsOnly) {
    for (var delivery : held.all()) {
      if (!conversationsOnly || delivery.mode().isConversation()) {
        refuse(delivery, FailureCode.WORKER_GONE, "exchange '" + exchange.name() + "': worker "
          + id + " went away in the middle of it");
      }
    }
  }

  private void release() {
    inHand.decrementAndGet();
    if (!mailbox.isEmpty()) {
      scheduleDrain();
    }
  }

  void onHomeLane(Runnable action) {
    if (Lane.current() == home) {
      action.run();
    } else {
      home.execute(action);
    }
  }
}

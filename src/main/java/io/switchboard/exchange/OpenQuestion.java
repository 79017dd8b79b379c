package io.switchboard.exchange;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What a worker has asked its caller. On the worker's home lane but for its making. */
final class OpenQuestion extends TimerWheel.Timer {
  private final Delivery delivery;
  private final long deadlineNanos;
  private final Headers headers;
  private final Promise<Reply> promise = Promise.promise();
  private int step;

  /** The step's own time lies within what the whole dialogue has left. */
  OpenQuestion(Delivery delivery, CallOptions options) {
    this.delivery = delivery;
    this.headers = options.headers();
    long whole = delivery.request().deadlineNanos();
    long own = options.deadlineNanos(Deadline.LONGEST, System.nanoTime());
    deadlineNanos = own - whole < 0 ? own : whole;
  }

  Future<Reply> future() {
    return promise.future();
  }

  int step() {
    return step;
  }

  void send(int number, Object prepared) {
    step = number;
    delivery.worker().home().schedule(this, deadlineNanos);
    delivery.question(number, Deadline.remainingMillis(deadlineNanos, System.nanoTime()),
      headers, prepared);
  }

  @Override
  protected void onDeadline() {
    if (delivery.takeQuestion(step) == this) {
      fail(new SwitchboardException(FailureCode.DEADLINE,
        "the caller has not answered question " + step + " in time"));
    }
  }

  void answer(Object body, Headers answerHeaders) {
    delivery.worker().home().timers().cancel(this);
    var reply = new Reply(body, answerHeaders);
    delivery.worker().context().runOnContext(ignored -> promise.complete(reply));
  }

  void fail(SwitchboardException reason) {
    delivery.worker().home().timers().cancel(this);
    delivery.worker().context().runOnContext(ignored -> promise.fail(reason));
  }
}

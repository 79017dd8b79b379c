package io.switchboard.exchange;

import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A one-way message that waits for room, until its deadline. */
final class WaitingSend implements RoomQueue.Waiter {
  private final Sends sends;
  private final RequestExchange exchange;
  private final Object body;
  private final CallOptions options;
  private final long deadlineNanos;
  private final Promise<Void> sent = Promise.promise();

  WaitingSend(Sends sends, RequestExchange exchange, Object body, CallOptions options,
    long deadlineNanos) {
    this.sends = sends;
    this.exchange = exchange;
    this.body = body;
    this.options = options;
    this.deadlineNanos = deadlineNanos;
  }

  Future<Void> future() {
    return sent.future();
  }

  @Override
  public boolean tryAgain() {
    long now = System.nanoTime();
    if (Deadline.hasPassed(deadlineNanos, now)) {
      sent.fail(new SwitchboardException(FailureCode.OVERLOADED,
        "every worker of exchange '" + exchange.name() + "' was full until the deadline"));
      return true;
    }
    try {
      sends.send(exchange, body, options, deadlineNanos, now);
      sent.complete();
      return true;
    } catch (SwitchboardException refusal) {
      if (refusal.code() == FailureCode.OVERLOADED) {
        return false;
      }
      sent.fail(refusal);
      return true;
    }
  }
}

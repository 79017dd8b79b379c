package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;

/** Turns what a worker's handler made of its deliveries into answers, and counts them. */
final class Outcomes {
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();

  long handled() {
    return handled.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** One that was answered in another way. */
  void countHandled() {
    handled.increment();
  }

  /** Sends what the handler answered, or that it failed. On the home lane. */
  void send(Delivery delivery, Future<?> answer) {
    if (answer.failed()) {
      sendFailure(delivery, answer.cause());
      return;
    }
    try {
      if (answer.result() instanceof Reply reply) {
        delivery.answer(reply.body(), reply.headers());
      } else {
        delivery.answer(answer.result(), Headers.NONE);
      }
      handled.increment();
    } catch (SwitchboardException unusable) {
      failed.increment();
      delivery.fail(FailureCode.WORKER_FAILED, "the answer: " + unusable.getMessage());
    }
  }

  private void sendFailure(Delivery delivery, Throwable cause) {
    failed.increment();
    // A verdict on the input is the caller's business; other codes would be taken for ours.
    if (cause instanceof SwitchboardException known
      && (known.code() == FailureCode.BAD_REQUEST || known.code() == FailureCode.DENIED)) {
      delivery.fail(known.code(), known.getMessage());
    } else {
      delivery.fail(FailureCode.WORKER_FAILED, HandlerCall.text(cause));
    }
  }
}

package io.switchboard.container;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Puts a limit to a wait on code that is not ours. */
final class TimeLimit {
  private TimeLimit() {
  }

  /**
   * The outcome of {@code work}, or a TimeoutException with the message once the limit is over;
   * what {@code work} comes to afterwards is ignored.
   */
  static <T> Future<T> of(Vertx vertx, Future<T> work, Duration limit, String message) {
    if (work.isComplete()) {
      return work;
    }
    Promise<T> outcome = Promise.promise();
    long timer = vertx.setTimer(limit.toMillis(),
      over -> outcome.tryFail(new TimeoutException(message)));
    work.onComplete(result -> {
      vertx.cancelTimer(timer);
      if (result.succeeded()) {
        outcome.tryComplete(result.result());
      } else {
        outcome.tryFail(result.cause());
      }
    });
    return outcome.future();
  }

  /** How a limit is written in a message: {@code 10s}, {@code 250ms}. */
  static String shown(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }
}

package io.switchboard.exchange;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings results back to the context that asked for them. */
public final class CallerContext {
  private CallerContext() {
  }

  /** A future that completes on the calling thread's context, if it has one. */
  public static <T> Future<T> backHere(Future<T> future) {
    return back(Vertx.currentContext(), future);
  }

  private static <T> Future<T> back(Context context, Future<T> future) {
    if (context == null) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(outcome -> context.runOnContext(ignored -> {
      if (outcome.succeeded()) {
        promise.complete(outcome.result());
      } else {
        promise.fail(outcome.cause());
      }
    }));
    return promise.future();
  }
}

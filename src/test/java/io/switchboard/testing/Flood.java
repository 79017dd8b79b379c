package io.switchboard.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Keeps so many operations under way on one event-loop context until it is told to end; its
 * future fails with the first failure.
 */
public final class Flood {
  private final int window;
  private final IntFunction<Future<?>> operation;
  private final BooleanSupplier end;
  private final Promise<Integer> done = Promise.promise();
  private final AtomicInteger finished = new AtomicInteger();
  private int started;

  private Flood(int window, IntFunction<Future<?>> operation, BooleanSupplier end) {
    this.window = window;
    this.operation = operation;
    this.end = end;
  }

  /** So many operations in all. */
  public static Future<Integer> of(
    Vertx vertx, int total, int window, IntFunction<Future<?>> operation) {
    var flood = new Flood[1];
    flood[0] = new Flood(window, operation, () -> flood[0].started >= total);
    return flood[0].begin(vertx).done.future();
  }

  /** As many as there is time for. */
  public static Flood until(
    BooleanSupplier end, Vertx vertx, int window, IntFunction<Future<?>> operation) {
    return new Flood(window, operation, end).begin(vertx);
  }

  private Flood begin(Vertx vertx) {
    vertx.getOrCreateContext().runOnContext(ignored -> more());
    return this;
  }

  /** The number of operations, all succeeded. */
  public Future<Integer> done() {
    return done.future();
  }

  /** How many have succeeded so far. Any thread. */
  public int finished() {
    return finished.get();
  }

  private void more() {
    while (!done.future().isComplete() && !end.getAsBoolean()
      && started - finished.get() < window) {
      operation.apply(started++).onComplete(outcome -> {
        if (outcome.failed()) {
          done.tryFail(outcome.cause());
        } else {
          finished.incrementAndGet();
          more();
        }
      });
    }
    if (end.getAsBoolean() && started == finished.get()) {
      done.tryComplete(started);
    }
  }
}

package io.switchboard.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Keeps a fixed number of operations under way for a time: each answer starts the next. It
 * measures capacity; as the load slows down with the server, its latencies are not those that
 * a stream of independent clients would see.
 */
final class ClosedLoop {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Context context;
  private final Operation operation;
  private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  private final Promise<Round> done = Promise.promise();
  private long startNanos;
  private long endNanos;
  private int underWay;
  private long completed;
  private long failures;

  private ClosedLoop(Context context, Operation operation) {
    this.context = context;
    this.operation = operation;
  }

  /** Completes when the last operation that was started has ended. */
  static Future<Round> run(
    Context context, Operation operation, int outstanding, Duration time) {
    var loop = new ClosedLoop(context, operation);
    context.runOnContext(ignored -> loop.start(outstanding, time));
    return loop.done.future();
  }

  private void start(int outstanding, Duration time) {
    startNanos = System.nanoTime();
    endNanos = startNanos + time.toNanos();
    underWay = outstanding;
    for (int i = 0; i < outstanding; i++) {
      next();
    }
  }

  private void next() {
    long began = System.nanoTime();
    operation.run().onComplete(outcome -> {
      long now = System.nanoTime();
      if (outcome.failed()) {
        failures++;
      } else {
        completed++;
        latency.recordValue(Math.min(LONGEST_NANOS, now - began));
      }
      if (now - endNanos >= 0) {
        finish(now);
      } else if (outcome.failed()) {
        // Whatever refuses at once must not spin in this stack.
        context.runOnContext(ignored -> next());
      } else {
        next();
      }
    });
  }

  private void finish(long now) {
    if (--underWay == 0) {
      double seconds = (now - startNanos) / 1e9;
      done.complete(new Round(completed / seconds, completed, latency, failures));
    }
  }
}

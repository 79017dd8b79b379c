package io.switchboard.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Starts operations at a fixed rate, whatever becomes of those before, as independent clients
 * would. Latency counts from the moment at which an operation was to start, so that one that
 * was held up by a slow one before it shows its whole wait: nothing is omitted.
 */
final class OpenLoop {
  /** More than that are not started before others have ended; their wait counts. */
  static final int MOST_UNDER_WAY = 32_768;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long BEAT_NANOS = 100_000;

  private final Context context;
  private final Operation operation;
  private final Schedule schedule;
  private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  private final Promise<Round> done = Promise.promise();
  private long started;
  private long ended;
  private long failures;
  private volatile boolean beaten;

  /**
   * When the operations are to start.
   *
   * @param startNanos the first one
   * @param perSecond  how many a second
   * @param count      how many in all
   */
  record Schedule(long startNanos, double perSecond, long count) {
    long intendedNanos(long number) {
      return startNanos + (long) (number * 1e9 / perSecond);
    }

    /** How many are to have started by then. */
    long due(long nowNanos) {
      long due = (long) Math.floor((nowNanos - startNanos) / 1e9 * perSecond) + 1;
      return Math.max(0, Math.min(count, due));
    }
  }

  private OpenLoop(Context context, Operation operation, Schedule schedule) {
    this.context = context;
    this.operation = operation;
    this.schedule = schedule;
  }

  /** Completes when the last operation has ended. */
  static Future<Round> run(
    Context context, Operation operation, double perSecond, Duration time) {
    long count = Math.max(1, (long) (time.toNanos() / 1e9 * perSecond));
    var loop = new OpenLoop(context, operation,
      new Schedule(System.nanoTime(), perSecond, count));
    var pacer = new Thread(loop::pace, "bench-pacer");
    pacer.setDaemon(true);
    pacer.start();
    return loop.done.future();
  }

  /** A thread of its own keeps the time: event-loop timers are no finer than a millisecond. */
  private void pace() {
    while (!done.future().isComplete()) {
      if (!beaten) {
        beaten = true;
        context.runOnContext(this::beat);
      }
      LockSupport.parkNanos(BEAT_NANOS);
    }
  }

  private void beat(Void ignored) {
    beaten = false;
    long due = schedule.due(System.nanoTime());
    while (started < due && started - ended < MOST_UNDER_WAY) {
      next(schedule.intendedNanos(started++));
    }
  }

  private void next(long intendedNanos) {
    operation.run().onComplete(outcome -> {
      long now = System.nanoTime();
      ended++;
      if (outcome.failed()) {
        failures++;
      } else {
        latency.recordValue(Math.max(0, Math.min(LONGEST_NANOS, now - intendedNanos)));
      }
      if (ended == schedule.count) {
        double seconds = (now - schedule.startNanos) / 1e9;
        done.complete(new Round((ended - failures) / seconds, ended, latency, failures));
      }
    });
  }
}

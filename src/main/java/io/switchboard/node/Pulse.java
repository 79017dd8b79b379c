package io.switchboard.node;

import io.switchboard.lane.Lanes;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Feels the pulse of every event loop: each must answer a task once a second. */
final class Pulse {
  private static final long EVERY_MILLIS = 1_000;
  /** An event loop that has not answered for so long is not responsive. */
  static final long LIMIT_MILLIS = 3_000;

  private final Vertx vertx;
  private final AtomicLongArray answered;
  private final long timerId;

  Pulse(Vertx vertx, Lanes lanes) {
    this.vertx = vertx;
    answered = new AtomicLongArray(lanes.count());
    for (int i = 0; i < lanes.count(); i++) {
      answered.set(i, System.nanoTime());
    }
    timerId = vertx.setPeriodic(EVERY_MILLIS, id -> {
      for (int i = 0; i < lanes.count(); i++) {
        int lane = i;
        lanes.get(i).execute(() -> answered.set(lane, System.nanoTime()));
      }
    });
  }

  /** Milliseconds since the slowest event loop answered. Any thread. */
  long slowestMillis() {
    long now = System.nanoTime();
    long slowest = 0;
    for (int i = 0; i < answered.length(); i++) {
      slowest = Math.max(slowest, now - answered.get(i));
    }
    return TimeUnit.NANOSECONDS.toMillis(slowest);
  }

  void stop() {
    vertx.cancelTimer(timerId);
  }
}

package io.switchboard.bridge;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Notices when a client has said nothing for too long. Belongs to one event loop. */
final class Silence {
  private final Vertx vertx;
  private final long limitNanos;
  private final Runnable tooLong;
  private final long timer;
  private long lastHeard = System.nanoTime();

  Silence(Vertx vertx, Duration limit, Runnable tooLong) {
    this.vertx = vertx;
    this.limitNanos = limit.toNanos();
    this.tooLong = tooLong;
    // Found out at the latest half a limit late.
    this.timer = vertx.setPeriodic(Math.max(1, limit.toMillis() / 2), tick -> check());
  }

  void heard() {
    lastHeard = System.nanoTime();
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void check() {
    if (System.nanoTime() - lastHeard >= limitNanos) {
      stop();
      tooLong.run();
    }
  }
}

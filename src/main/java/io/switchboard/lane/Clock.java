package io.switchboard.lane;

import io.vertx.core.Context;
import java.util.concurrent.TimeUnit;

/** Drives a lane's timer wheel; ticks only while a timer runs. */
final class Clock {
  private static final long TICK_MILLIS = TimeUnit.NANOSECONDS.toMillis(TimerWheel.TICK_NANOS);
  /** Ticks without a timer before the periodic timer is given back: one second. */
  private static final int IDLE_TICKS = 100;

  private final Context context;
  private final TimerWheel wheel = new TimerWheel(System.nanoTime());
  private boolean ticking;
  private long timerId;
  private int idleTicks;

  Clock(Context context) {
    this.context = context;
  }

  TimerWheel wheel() {
    return wheel;
  }

  void schedule(TimerWheel.Timer timer, long deadlineNanos) {
    if (!ticking) {
      ticking = true;
      idleTicks = 0;
      wheel.advance(System.nanoTime());
      // The timer must belong to the lane's context, not to the caller's verticle.
      context.runOnContext(ignored -> {
        if (ticking) {
          timerId = context.owner().setPeriodic(TICK_MILLIS, id -> tick());
        }
      });
    }
    wheel.start(timer, deadlineNanos);
  }

  private void tick() {
    wheel.advance(System.nanoTime());
    idleTicks = wheel.size() == 0 ? idleTicks + 1 : 0;
    if (idleTicks > IDLE_TICKS) {
      stop();
    }
  }

  void stop() {
    if (ticking) {
      ticking = false;
      context.owner().cancelTimer(timerId);
    }
  }
}

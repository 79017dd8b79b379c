package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;

/**
 * Whether and when a call that failed goes out once more. What no worker can have seen may
 * always be sent to another; what one may have seen only where the exchange says that its work
 * is idempotent, and within a budget. On one lane's thread.
 */
final class Retries {
  /** Extra requests for a hundred requests, of one lane to one exchange. */
  static final int PERCENT = 10;
  /** What an exchange that is rarely asked may repeat all the same. */
  static final int FLOOR = 10;
  /** A request is repeated so often at most. */
  static final int MAX = 3;

  private static final int MAX_REROUTES = 5;
  private static final long FIRST_PAUSE_NANOS = 10_000_000;
  private static final int MAX_DOUBLINGS = 5;

  private final Lane lane;

  Retries(Lane lane) {
    this.lane = lane;
  }

  /** Waits for its next try beside its deadline. */
  private static final class Pause extends TimerWheel.Timer {
    private final PendingCall call;

    private Pause(PendingCall call) {
      this.call = call;
    }

    @Override
    protected void onDeadline() {
      call.calls.resume(call);
    }
  }

  /** A request was made: it adds to what may be repeated. */
  void asked(RequestExchange exchange) {
    if (exchange.resolution().lastOptions().idempotent()) {
      exchange.resolution().retryBudget(lane).asked();
    }
  }

  /** True when a call that its worker may have seen is to be sent again at once; counts it. */
  boolean again(PendingCall call, FailureCode code, long nowNanos) {
    boolean may = code == FailureCode.NODE_DOWN || code == FailureCode.WORKER_GONE;
    if (!may || !isIdempotent(call) || call.retries >= MAX
      || !call.exchange.resolution().retryBudget(lane).take(nowNanos)) {
      return false;
    }
    call.retries++;
    call.exchange.figures().retries.increment();
    return true;
  }

  /**
   * True when a call that nobody has seen waits for a moment and is sent then: its node has just
   * gone out of reach, or all workers of an idempotent exchange have gone a moment ago.
   */
  boolean later(PendingCall call, FailureCode code, long nowNanos) {
    boolean waits = call.target == null && switch (code) {
      case NODE_DOWN -> call.pauses < MAX_REROUTES;
      case NO_WORKER -> isIdempotent(call) && call.exchange.resolution().hadWorkersLately(nowNanos);
      default -> false;
    };
    if (waits) {
      lane.schedule(new Pause(call), nowNanos + pauseNanos(call.pauses++));
    }
    return waits;
  }

  /** 10 ms, and twice as long each time up to 320 ms. */
  static long pauseNanos(int before) {
    return FIRST_PAUSE_NANOS << Math.min(before, MAX_DOUBLINGS);
  }

  /** A conversation is not: what its first worker has said already would be said twice. */
  private static boolean isIdempotent(PendingCall call) {
    return call.target == null && call.exchange.resolution().lastOptions().idempotent()
      && (call.mode() == CallMode.PLAIN || call.mode() == CallMode.CANCELLABLE);
  }
}

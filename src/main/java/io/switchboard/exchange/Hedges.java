package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.message.CallMode;

/**
 * The fastest of two: a request without an answer after a while goes to a second worker too,
 * within a budget. The first answer counts and the other worker is told to stop. The second
 * asking is a call of its own, so that both have their own number and worker. On one lane's
 * thread.
 */
final class Hedges {
  /** Extra requests for a hundred requests, of one lane to one exchange. */
  static final int PERCENT = 5;

  private final Lane lane;

  Hedges(Lane lane) {
    this.lane = lane;
  }

  private static final class Delay extends TimerWheel.Timer {
    private final PendingCall call;

    private Delay(PendingCall call) {
      this.call = call;
    }

    @Override
    protected void onDeadline() {
      call.hedgeDelay = null;
      call.calls.hedge(call);
    }
  }

  /** To be called before the call is sent: if it may be asked twice it can be cancelled too. */
  void prepare(PendingCall call, long nowNanos) {
    var options = call.exchange.resolution().lastOptions();
    if (options.hedge() == null || !options.idempotent() || call.target != null
      || call.mode() != CallMode.PLAIN && call.mode() != CallMode.CANCELLABLE) {
      return;
    }
    call.exchange.resolution().hedgeBudget(lane).asked();
    makeCancellable(call);
    var delay = new Delay(call);
    call.hedgeDelay = delay;
    lane.schedule(delay, nowNanos + options.hedge().toNanos());
  }

  private static void makeCancellable(PendingCall call) {
    if (call.conversation == null) {
      call.conversation = new Conversation(CallMode.CANCELLABLE);
      call.conversation.begun(call);
    }
  }

  /** The second asking of the call, not sent yet; null when there is no budget for it. */
  PendingCall second(PendingCall first, long nowNanos) {
    if (!first.exchange.resolution().hedgeBudget(lane).take(nowNanos)) {
      return null;
    }
    var second = new PendingCall(first.exchange, first.body, first.options,
      first.deadlineNanos, null, first.calls, true);
    makeCancellable(second);
    second.asksFor = first;
    first.second = second;
    first.exchange.figures().hedges.increment();
    return second;
  }

  /** The call is over: nothing more is to be asked. */
  void over(PendingCall call) {
    if (call.hedgeDelay != null) {
      lane.timers().cancel(call.hedgeDelay);
      call.hedgeDelay = null;
    }
  }
}

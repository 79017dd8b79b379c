package io.switchboard.exchange;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Worker;
import io.vertx.core.Context;
import io.vertx.core.Promise;

/** A request without an answer yet. Belongs to the lane that sent it. */
final class PendingCall extends TimerWheel.Timer {
  final RequestExchange exchange;
  final Object body;
  final CallOptions options;
  final long deadlineNanos;
  final Promise<Reply> promise;
  /** Where the caller is told; null for a caller without a context. */
  final Context context;
  final Calls calls;
  private final boolean fromLane;

  /** What more may be said about it; null for a plain request. Set before it is started. */
  Conversation conversation;
  /** The only one that may get it; null when the balancer picks one. */
  Worker target;
  /** Who has it now; null while it is with nobody. */
  Worker worker;
  /** Who has refused it already. */
  Worker refusedBy;
  /** Set on the second asking of a hedged call: the one that the caller knows of. */
  PendingCall asksFor;
  /** The second asking of this call while it is under way. */
  PendingCall second;
  /** Runs until the call is asked a second time. */
  TimerWheel.Timer hedgeDelay;
  /** When its worker got it; 0 where nobody wants to know how long it takes. */
  long sentNanos;
  int attempts;
  /** It was refused for want of room and waits for some. */
  boolean waitsForRoom;
  boolean isQueued;
  /** How often it was sent again after it was lost. */
  int retries;
  /** How often it has waited for a worker. */
  int pauses;
  long correlation;
  boolean settled;
  private Reply reply;
  private SwitchboardException failure;

  PendingCall(RequestExchange exchange, Object body, CallOptions options, long deadlineNanos,
    Context context, Calls calls, boolean fromLane) {
    this.exchange = exchange;
    this.body = body;
    this.options = options;
    this.deadlineNanos = deadlineNanos;
    this.promise = Promise.promise();
    this.context = context;
    this.calls = calls;
    this.fromLane = fromLane;
  }

  /** True when the caller's context runs on the event loop of the lane. */
  boolean isFromLane() {
    return fromLane;
  }

  @Override
  protected void onDeadline() {
    if (conversation != null && conversation.onDeadline()) {
      return;
    }
    calls.fail(this, FailureCode.DEADLINE, "exchange '" + exchange.name() + "': no answer"
      + (worker == null ? "" : " from " + worker) + " by the deadline");
  }

  CallMode mode() {
    return conversation == null ? CallMode.PLAIN : conversation.mode();
  }

  void outcome(Reply reply) {
    this.reply = reply;
  }

  void outcome(SwitchboardException failure) {
    this.failure = failure;
  }

  /** Tells the caller; on its context. */
  void tell() {
    if (failure == null) {
      promise.complete(reply);
    } else {
      promise.fail(failure);
    }
  }
}

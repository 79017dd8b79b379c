package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Worker;
import io.switchboard.trunk.Channel;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;

/** The requests that one lane sends and has no answer to. On that lane's thread. */
final class Calls {
  /** A message that a worker refused unhandled is offered to so many workers in all. */
  private static final int MAX_ATTEMPTS = 3;

  private final Lane lane;
  private final Outbound outbound;
  private final Picker picker;
  private final PendingTable pending = new PendingTable();
  private final Completions completions = new Completions();
  private final Conversations conversations;
  private final Retries retries;
  private final Hedges hedges;
  private final Sends sends;
  private final RoomQueue room;

  Calls(Lane lane, Trunks trunks, LocalWorkers localWorkers) {
    this.lane = lane;
    this.outbound = new Outbound(lane, trunks, localWorkers);
    this.picker = new Picker(lane.index());
    this.conversations = new Conversations(lane, this);
    this.retries = new Retries(lane);
    this.hedges = new Hedges(lane);
    this.room = new RoomQueue(lane);
    this.sends = new Sends(lane, picker, outbound, room);
  }

  Lane lane() {
    return lane;
  }

  Conversations conversations() {
    return conversations;
  }

  /** The messages for which nobody waits. */
  Sends sends() {
    return sends;
  }

  int pending() {
    return pending.size();
  }

  /** Null when it is not pending any more. */
  PendingCall find(long correlation) {
    return pending.get(correlation);
  }

  /** Sends the call to a worker, or fails it. */
  void start(PendingCall call) {
    long now = System.nanoTime();
    if (Deadline.hasPassed(call.deadlineNanos, now)) {
      failUnsent(call, FailureCode.DEADLINE, "the deadline passed before it could be sent");
    } else if (!pending.add(call)) {
      failUnsent(call, FailureCode.OVERLOADED,
        "more than " + PendingTable.MAX + " requests are pending on one event loop");
    } else {
      call.exchange.figures().requests.increment();
      retries.asked(call.exchange);
      hedges.prepare(call, now);
      lane.schedule(call, call.deadlineNanos);
      if (call.conversation != null && !call.conversation.admitted(call)) {
        fail(call, FailureCode.OVERLOADED,
          "more than " + Conversations.MAX_STREAMS + " streams are open on one event loop");
      } else if (call.options.waitsForRoom() && room.isWaitedFor(call.exchange)) {
        failOrWait(call, FailureCode.OVERLOADED, "");
      } else {
        dispatch(call);
      }
    }
  }

  private void dispatch(PendingCall call) {
    try {
      var known = call.exchange.resolution().now();
      send(call, known, call.target != null ? call.target
        : picker.pick(call.exchange, known, call.options.key(), call.refusedBy,
          call.options.waitsForRoom()));
    } catch (SwitchboardException refusal) {
      if (retries.later(call, refusal.code(), System.nanoTime())) {
        release(call);
      } else {
        failOrWait(call, refusal.code(), refusal.getMessage());
      }
    }
  }

  /** Whoever chose to wait for room is tried again when there may be some. */
  private void failOrWait(PendingCall call, FailureCode code, String message) {
    if (code != FailureCode.OVERLOADED || !call.options.waitsForRoom()) {
      fail(call, code, message);
      return;
    }
    release(call);
    call.waitsForRoom = true;
    if (!call.isQueued && !(call.isQueued = room.add(call.exchange, () -> waits(call)))) {
      fail(call, code, "more than " + RoomQueue.MAX + " messages wait for room");
    }
  }

  /** True when the call need not be tried again. */
  private boolean waits(PendingCall call) {
    if (!call.settled) {
      call.waitsForRoom = false;
      resume(call);
    }
    call.isQueued = call.waitsForRoom && !call.settled;
    return !call.isQueued;
  }

  private void send(PendingCall call, Resolution.Known known, Worker worker) {
    call.worker = worker;
    call.attempts++;
    call.sentNanos = known.chosen().timed() ? System.nanoTime() : 0;
    worker.sent(lane.index());
    var refusal = outbound.deliver(call, worker);
    if (refusal != null) {
      refused(call, refusal);
    }
  }

  /** No answer yet: asks a second worker when there is one with room, and budget. */
  void hedge(PendingCall call) {
    if (call.settled || call.worker == null || call.second != null) {
      return;
    }
    try {
      var known = call.exchange.resolution().now();
      var other = picker.pickOrNull(known, call.options.key(), call.worker, false);
      var second = other == null ? null : hedges.second(call, System.nanoTime());
      if (second == null) {
        return;
      }
      if (pending.add(second)) {
        send(second, known, other);
      } else {
        call.second = null;
      }
    } catch (SwitchboardException refusal) {
      if (call.second != null) {
        endSecond(call.second);
      }
    }
  }

  /** The second asking of a call is over, in whatever way. */
  private void endSecond(PendingCall second) {
    if (!second.settled) {
      second.asksFor.second = null;
      second.settled = true;
      pending.remove(second);
      observe(second);
      release(second);
      second.conversation.settled();
    }
  }

  private void observe(PendingCall call) {
    if (call.sentNanos != 0 && call.worker != null) {
      long now = System.nanoTime();
      call.worker.answered(lane.index(), now - call.sentNanos, now);
    }
  }

  /** The call is with nobody now. */
  private void release(PendingCall call) {
    if (call.worker != null) {
      call.worker.settled(lane.index());
      call.worker = null;
    }
  }

  /** Its pause is over. */
  void resume(PendingCall call) {
    if (!call.settled) {
      call.attempts = 0;
      call.refusedBy = null;
      dispatch(call);
    }
  }

  /** Sends it again under another number, so that what its lost worker says finds nothing. */
  private void repeat(PendingCall call) {
    release(call);
    pending.remove(call);
    pending.add(call);
    call.attempts = 0;
    dispatch(call);
  }

  /** The way to the worker's node; null when that is out of reach. */
  Channel channelIfOpen(Worker worker) {
    return outbound.channelIfOpen(worker);
  }

  void replied(long correlation, Object body, Headers headers) {
    var call = pending.get(correlation);
    if (call != null) {
      reply(call, body, headers);
    }
  }

  void reply(PendingCall call, Object body, Headers headers) {
    if (!call.settled) {
      var asked = first(call);
      asked.exchange.figures().replies.increment();
      asked.outcome(new Reply(body, headers));
      settle(asked);
    }
  }

  /** The call that the caller knows of. When its second asking was the faster, it is lost. */
  private PendingCall first(PendingCall call) {
    var first = call.asksFor;
    if (first == null) {
      return call;
    }
    endSecond(call);
    first.conversation.tellCancelled();
    first.sentNanos = 0;
    return first;
  }

  void failed(long correlation, FailureCode code, String message) {
    var call = pending.get(correlation);
    if (call != null) {
      failedByWorker(call, code, message);
    }
  }

  /** The worker's node answers with a failure: one that says "unhandled" is rerouted. */
  void failedByWorker(PendingCall call, FailureCode code, String message) {
    if (call.settled) {
      return;
    }
    switch (code) {
      case NO_WORKER, OVERLOADED -> refused(call, code);
      case NODE_DOWN, WORKER_GONE -> lost(call, code, message);
      default -> fail(call, code, message);
    }
  }

  /** Its worker has not seen it. */
  private void refused(PendingCall call, FailureCode code) {
    var text = "exchange '" + call.exchange.name() + "': " + call.worker
      + (code == FailureCode.NO_WORKER ? " is no longer attached" : " is full");
    if (anotherIsAsked(call, code, text)) {
      return;
    }
    call.refusedBy = call.worker;
    release(call);
    if (call.target == null && call.attempts < MAX_ATTEMPTS
      && call.exchange.resolution().hasOthers(call.refusedBy)) {
      dispatch(call);
    } else if (!retries.later(call, code, System.nanoTime())) {
      failOrWait(call, code, text);
    }
  }

  /** Its worker may have seen it and will not answer. */
  private void lost(PendingCall call, FailureCode code, String text) {
    if (call.settled || anotherIsAsked(call, code, text)) {
      return;
    }
    if (retries.again(call, code, System.nanoTime())) {
      call.refusedBy = call.worker;
      repeat(call);
    } else {
      fail(call, code, text);
    }
  }

  /** True when the call was asked of two and the other one still has it, or takes its part. */
  private boolean anotherIsAsked(PendingCall call, FailureCode code, String text) {
    if (call.second != null) {
      release(call);
      return true;
    }
    var first = call.asksFor;
    if (first == null) {
      return false;
    }
    endSecond(call);
    if (first.worker == null) {
      lost(first, code, text);
    }
    return true;
  }

  void fail(PendingCall call, FailureCode code, String message) {
    if (!call.settled) {
      var asked = first(call);
      if (code == FailureCode.CANCELLED) {
        // It says nothing of how long the worker takes.
        asked.sentNanos = 0;
      }
      asked.exchange.figures().failures.increment();
      asked.outcome(new SwitchboardException(code, message));
      settle(asked);
    }
  }

  private void failUnsent(PendingCall call, FailureCode code, String message) {
    call.exchange.figures().failures.increment();
    call.outcome(new SwitchboardException(code, message));
    completions.complete(call);
  }

  private void settle(PendingCall call) {
    if (call.second != null) {
      call.second.conversation.tellCancelled();
      call.second.sentNanos = 0;
      endSecond(call.second);
    }
    hedges.over(call);
    call.settled = true;
    observe(call);
    lane.timers().cancel(call);
    pending.remove(call);
    release(call);
    if (call.conversation != null) {
      call.conversation.settled();
    }
    room.wake();
    completions.complete(call);
  }

  /** Fails or repeats everything that waits for an answer from the peer. */
  void nodeDown(Trunk trunk, String reason) {
    sends.nodeDown(trunk);
    var lost = pending.select(call ->
      call.worker != null && call.worker.node().trunk() == trunk.number());
    for (var call : lost) {
      lost(call, FailureCode.NODE_DOWN,
        "node " + trunk.peer().name() + " went away with the request: " + reason);
    }
  }
}

package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.trunk.Trunk;
import io.vertx.core.Future;

/** The one-way messages that one lane sends. On that lane's thread. */
final class Sends {
  private final Picker picker;
  private final Outbound outbound;
  private final RoomQueue room;
  private final OneWays oneWays;

  Sends(Lane lane, Picker picker, Outbound outbound, RoomQueue room) {
    this.picker = picker;
    this.outbound = outbound;
    this.room = room;
    oneWays = new OneWays(lane.index());
  }

  /**
   * Sends a message for which nobody waits. Throws when it was refused; a message whose sender
   * waits for room is kept instead.
   */
  Future<Void> sendOrWait(
    RequestExchange exchange, Object body, CallOptions options, long deadlineNanos,
    long nowNanos) {
    boolean waits = options.waitsForRoom();
    if (!waits || !room.isWaitedFor(exchange)) {
      try {
        send(exchange, body, options, deadlineNanos, nowNanos);
        return Future.succeededFuture();
      } catch (SwitchboardException refusal) {
        if (!waits || refusal.code() != FailureCode.OVERLOADED) {
          throw refusal;
        }
      }
    }
    var waiting = new WaitingSend(
      this, exchange, Body.copyForReceiver(body), options, deadlineNanos);
    if (!room.add(exchange, waiting)) {
      throw new SwitchboardException(
        FailureCode.OVERLOADED, "more than " + RoomQueue.MAX + " messages wait for room");
    }
    return waiting.future();
  }

  /** Sends a message for which nobody waits. Throws when it was refused. */
  void send(RequestExchange exchange, Object body, CallOptions options, long deadlineNanos,
    long nowNanos) {
    if (Deadline.hasPassed(deadlineNanos, nowNanos)) {
      throw new SwitchboardException(
        FailureCode.DEADLINE, "the deadline passed before it could be sent");
    }
    var worker = picker.pick(exchange, exchange.resolution().now(), options.key(), null, true);
    outbound.send(exchange, worker, body, options, deadlineNanos, nowNanos);
    if (!worker.node().isLocal()) {
      oneWays.sent(worker);
    }
    exchange.figures().sends.increment();
  }

  /** A peer says how many of them a worker has done with. */
  void finished(Trunk from, long worker, int total) {
    oneWays.finished(from, worker, total);
    room.wake();
  }

  void nodeDown(Trunk trunk) {
    oneWays.nodeDown(trunk);
  }
}

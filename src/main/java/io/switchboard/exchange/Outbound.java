package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.CallMode;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Worker;
import io.switchboard.trunk.Channel;
import io.switchboard.trunk.Trunks;

/**
 * Hands messages over to the workers they were meant for: to those of this node as they are, to
 * others in frames. On one lane's thread.
 */
final class Outbound {
  private final Lane lane;
  private final Trunks trunks;
  private final LocalWorkers localWorkers;

  Outbound(Lane lane, Trunks trunks, LocalWorkers localWorkers) {
    this.lane = lane;
    this.trunks = trunks;
    this.localWorkers = localWorkers;
  }

  /**
   * Hands the call over; null, or why the worker refused it. Throws NODE_DOWN and OVERLOADED when
   * it could not be sent, BAD_REQUEST for a body that cannot travel.
   */
  FailureCode deliver(PendingCall call, Worker worker) {
    if (worker.node().isLocal()) {
      var request = new Request(Body.copyForReceiver(call.body), call.options.headers(),
        call.options.key(), call.deadlineNanos, false);
      var local = localWorkers.get(worker.id());
      if (local == null) {
        return FailureCode.NO_WORKER;
      }
      var delivery = new LocalDelivery(request, local, call);
      if (call.conversation != null) {
        call.conversation.handedTo(delivery);
      }
      return local.offer(delivery) ? null : FailureCode.OVERLOADED;
    }
    var prepared = Body.detach(Body.prepare(call.body));
    var channel = channelTo(worker);
    append(channel, call.exchange.name(), worker, false, call.mode(), call.correlation,
      Deadline.remainingMillis(call.deadlineNanos, System.nanoTime()), call.options, prepared);
    if (call.conversation != null) {
      call.conversation.sentTo(channel, call.correlation);
    }
    return null;
  }

  /** Hands over a message for which nobody waits. Throws when it was refused. */
  void send(RequestExchange exchange, Worker worker, Object body, CallOptions options,
    long deadlineNanos, long nowNanos) {
    if (worker.node().isLocal()) {
      var request = new Request(
        Body.copyForReceiver(body), options.headers(), options.key(), deadlineNanos, true);
      var local = localWorkers.get(worker.id());
      if (local == null) {
        throw Picker.nobody(exchange);
      }
      if (!local.offer(new OneWayDelivery(request, local, null))) {
        throw Picker.overloaded(exchange);
      }
    } else {
      append(channelTo(worker), exchange.name(), worker, true, CallMode.PLAIN, 0,
        Deadline.remainingMillis(deadlineNanos, nowNanos), options,
        Body.detach(Body.prepare(body)));
    }
  }

  private Channel channelTo(Worker worker) {
    var trunk = trunks.get(worker.node().trunk());
    if (trunk == null || !trunk.isOpen()) {
      throw new SwitchboardException(FailureCode.NODE_DOWN,
        "node " + worker.node().name() + " is out of reach");
    }
    return trunk.channel(lane, worker.lane() % trunk.peer().lanes());
  }

  /** The way to the worker's node; null when that is out of reach. */
  Channel channelIfOpen(Worker worker) {
    var trunk = trunks.get(worker.node().trunk());
    return trunk == null || !trunk.isOpen() ? null : channelTo(worker);
  }

  private static void append(Channel channel, String exchange, Worker worker, boolean oneWay,
    CallMode mode, long correlation, int remainingMillis, CallOptions options,
    Object prepared) {
    int bound = Frames.sizeBound(null, options.key(), options.headers(), prepared);
    // What is said later in a conversation must not pass the call, and is ordered like this.
    var out = mode.isConversation() ? channel.begin(bound) : channel.begin(bound, worker.id());
    if (out == null) {
      throw new SwitchboardException(FailureCode.OVERLOADED, "exchange '" + exchange
        + "': too much waits for node " + worker.node().name());
    }
    Frames.appendCall(out, oneWay, mode, worker.id(), correlation, remainingMillis, options.key(),
      options.headers(), prepared);
    channel.end(Body.tail(prepared));
  }
}

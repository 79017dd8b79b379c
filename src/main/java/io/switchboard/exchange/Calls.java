package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.CallMode;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Balancer;
import io.switchboard.routing.Worker;
import io.switchboard.trunk.Channel;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;

/** The requests and one-way messages that one lane sends. On that lane's thread. */
final class Calls {
  /** A message that a worker refused unhandled is offered to so many workers in all. */
  private static final int MAX_ATTEMPTS = 3;

  private final Lane lane;
  private final Trunks trunks;
  private final LocalWorkers localWorkers;
  private final LaneCandidates candidates;
  private final PendingTable pending = new PendingTable();
  private final Completions completions = new Completions();
  private final Conversations conversations;
  private final OneWays oneWays;
  private final RoomQueue room;

  Calls(Lane lane, Trunks trunks, LocalWorkers localWorkers) {
    this.lane = lane;
    this.trunks = trunks;
    this.localWorkers = localWorkers;
    this.candidates = new LaneCandidates(lane.index());
    this.conversations = new Conversations(lane, this);
    this.oneWays = new OneWays(lane.index());
    this.room = new RoomQueue(lane);
  }

  Lane lane() {
    return lane;
  }

  Conversations conversations() {
    return conversations;
  }

  /** A peer says how many one-way messages a worker has done with. */
  void oneWaysFinished(Trunk from, long worker, int total) {
    oneWays.finished(from, worker, total);
    room.wake();
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
    if (Deadline.hasPassed(call.deadlineNanos, System.nanoTime())) {
      failUnsent(call, FailureCode.DEADLINE, "the deadline passed before it could be sent");
    } else if (!pending.add(call)) {
      failUnsent(call, FailureCode.OVERLOADED,
        "more than " + PendingTable.MAX + " requests are pending on one event loop");
    } else {
      call.exchange.figures().requests.increment();
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
      var worker = call.target != null ? call.target
        : choose(call.exchange, call.options.key(), call.refusedBy, call.options.waitsForRoom());
      call.worker = worker;
      call.attempts++;
      worker.sent(lane.index());
      deliver(call, worker);
    } catch (SwitchboardException refusal) {
      failOrWait(call, refusal.code(), refusal.getMessage());
    }
  }

  /** Whoever chose to wait for room is tried again when there may be some. */
  private void failOrWait(PendingCall call, FailureCode code, String message) {
    if (code != FailureCode.OVERLOADED || !call.options.waitsForRoom()) {
      fail(call, code, message);
      return;
    }
    if (call.worker != null) {
      call.worker.settled(lane.index());
      call.worker = null;
    }
    call.waitsForRoom = true;
    if (!call.isQueued && !(call.isQueued = room.add(call.exchange, () -> waits(call)))) {
      fail(call, code, "more than " + RoomQueue.MAX + " messages wait for room");
    }
  }

  /** True when the call need not be tried again. */
  private boolean waits(PendingCall call) {
    if (!call.settled) {
      call.attempts = 0;
      call.refusedBy = null;
      call.waitsForRoom = false;
      dispatch(call);
    }
    call.isQueued = call.waitsForRoom && !call.settled;
    return !call.isQueued;
  }

  private void deliver(PendingCall call, Worker worker) {
    if (worker.node().isLocal()) {
      var request = new Request(Body.copyForReceiver(call.body), call.options.headers(),
        call.options.key(), call.deadlineNanos, false);
      var local = localWorkers.get(worker.id());
      if (local == null) {
        refused(call, FailureCode.NO_WORKER);
        return;
      }
      var delivery = new LocalDelivery(request, local, call);
      if (call.conversation != null) {
        call.conversation.handedTo(delivery);
      }
      if (!local.offer(delivery)) {
        refused(call, FailureCode.OVERLOADED);
      }
      return;
    }
    var prepared = Body.detach(Body.prepare(call.body));
    var channel = channelTo(worker);
    append(channel, call.exchange.name(), worker, false, call.mode(), call.correlation,
      Deadline.remainingMillis(call.deadlineNanos, System.nanoTime()), call.options, prepared);
    if (call.conversation != null) {
      call.conversation.sentTo(channel, call.correlation);
    }
  }

  /**
   * Sends a message for which nobody waits. Throws when it was refused; a message whose sender
   * waits for room is kept instead.
   */
  Future<Void> sendOrWait(
    RequestExchange exchange, Object body, CallOptions options, long deadlineNanos) {
    boolean waits = options.waitsForRoom();
    if (!waits || !room.isWaitedFor(exchange)) {
      try {
        send(exchange, body, options, deadlineNanos);
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
  void send(RequestExchange exchange, Object body, CallOptions options, long deadlineNanos) {
    if (Deadline.hasPassed(deadlineNanos, System.nanoTime())) {
      throw new SwitchboardException(
        FailureCode.DEADLINE, "the deadline passed before it could be sent");
    }
    var worker = choose(exchange, options.key(), null, true);
    if (worker.node().isLocal()) {
      var request = new Request(
        Body.copyForReceiver(body), options.headers(), options.key(), deadlineNanos, true);
      var local = localWorkers.get(worker.id());
      if (local == null) {
        throw nobody(exchange);
      }
      if (!local.offer(new OneWayDelivery(request, local, null))) {
        throw overloaded(exchange);
      }
    } else {
      append(channelTo(worker), exchange.name(), worker, true, CallMode.PLAIN, 0,
        Deadline.remainingMillis(deadlineNanos, System.nanoTime()), options,
        Body.detach(Body.prepare(body)));
      oneWays.sent(worker);
    }
    exchange.figures().sends.increment();
  }

  private Worker choose(
    RequestExchange exchange, String key, Worker excluded, boolean keepsPlace) {
    var resolved = exchange.resolve();
    var workers = resolved.route().workers();
    if (workers.length == 0) {
      throw nobody(exchange);
    }
    var options = resolved.options();
    var local = resolved.route().local();
    if (options.localFirst() && local.length > 0) {
      int index = resolved.balancer().choose(among(local, options, excluded, keepsPlace), key);
      if (index != Balancer.NOBODY) {
        return local[index];
      }
    }
    int index = resolved.balancer().choose(among(workers, options, excluded, keepsPlace), key);
    if (index == Balancer.NOBODY) {
      throw overloaded(exchange);
    }
    return workers[index];
  }

  /**
   * What may not be refused by the worker's node, because nobody would hear of it or it would
   * lose its place: a burst of it is in the mailbox before any of it is in hand.
   */
  private LaneCandidates among(
    Worker[] workers, RequestOptions options, Worker excluded, boolean keepsPlace) {
    return keepsPlace ? candidates.ofAllLanes(workers, options.mailbox(), excluded)
      : candidates.of(workers, options.room(), excluded);
  }

  static SwitchboardException nobody(RequestExchange exchange) {
    return new SwitchboardException(FailureCode.NO_WORKER,
      "exchange '" + exchange.name() + "' has no worker now");
  }

  private static SwitchboardException overloaded(RequestExchange exchange) {
    exchange.figures().overloaded.increment();
    return new SwitchboardException(FailureCode.OVERLOADED,
      "every worker of exchange '" + exchange.name() + "' is full");
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

  void replied(long correlation, Object body, Headers headers) {
    var call = pending.get(correlation);
    if (call != null) {
      reply(call, body, headers);
    }
  }

  void reply(PendingCall call, Object body, Headers headers) {
    if (!call.settled) {
      call.exchange.figures().replies.increment();
      call.outcome(new Reply(body, headers));
      settle(call);
    }
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
    if (code == FailureCode.NO_WORKER || code == FailureCode.OVERLOADED) {
      refused(call, code);
    } else {
      fail(call, code, message);
    }
  }

  /** The one that refused may have left the routes by now, the exchange may be deleted. */
  private static boolean hasOthers(PendingCall call) {
    try {
      var workers = call.exchange.resolve().route().workers();
      return workers.length > 1 || workers.length == 1 && workers[0] != call.refusedBy;
    } catch (SwitchboardException gone) {
      return false;
    }
  }

  private void refused(PendingCall call, FailureCode code) {
    var worker = call.worker;
    worker.settled(lane.index());
    call.worker = null;
    call.refusedBy = worker;
    if (call.target == null && call.attempts < MAX_ATTEMPTS && hasOthers(call)) {
      dispatch(call);
    } else {
      failOrWait(call, code, "exchange '" + call.exchange.name() + "': " + worker
        + (code == FailureCode.NO_WORKER ? " is no longer attached" : " is full"));
    }
  }

  void fail(PendingCall call, FailureCode code, String message) {
    if (!call.settled) {
      call.exchange.figures().failures.increment();
      call.outcome(new SwitchboardException(code, message));
      settle(call);
    }
  }

  private void failUnsent(PendingCall call, FailureCode code, String message) {
    call.exchange.figures().failures.increment();
    call.outcome(new SwitchboardException(code, message));
    completions.complete(call);
  }

  private void settle(PendingCall call) {
    call.settled = true;
    lane.timers().cancel(call);
    pending.remove(call);
    if (call.worker != null) {
      call.worker.settled(lane.index());
    }
    if (call.conversation != null) {
      call.conversation.settled();
    }
    room.wake();
    completions.complete(call);
  }

  /** Fails everything that waits for an answer from the peer. */
  void nodeDown(Trunk trunk, String reason) {
    oneWays.nodeDown(trunk);
    var lost = pending.select(call ->
      call.worker != null && call.worker.node().trunk() == trunk.number());
    for (var call : lost) {
      fail(call, FailureCode.NODE_DOWN,
        "node " + trunk.peer().name() + " went away with the request: " + reason);
    }
  }
}

package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.trunk.Trunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What one lane has asked of the owners of queues and has no answer to. On its thread. */
final class Operations {
  /** More than this of one lane is OVERLOADED. */
  static final int MAX = 65_536;
  /** The answer's code when it is done. */
  static final int DONE = 0;
  /** The answer's code when the node is not, or not yet, the owner. */
  static final int ELSEWHERE = 255;

  private static final long LOOK_AGAIN_NANOS = 20_000_000;

  private final Post post;
  private final Owners owners;
  private final ByNumber<Operation> pending = new ByNumber<>();
  /** What waits for an owner, by its exchange, in its order: what comes later stands behind it. */
  private final Map<String, ArrayDeque<Operation>> parked = new LinkedHashMap<>();
  private final TimerWheel.Timer lookAgain = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      lookForOwners();
    }
  };
  private long last;

  Operations(Post post, Owners owners) {
    this.post = post;
    this.owners = owners;
  }

  int pending() {
    return pending.size();
  }

  /** Asks; the operation is told the outcome by the deadline. */
  void start(Operation operation, long deadlineNanos) {
    if (pending.size() >= MAX) {
      operation.failed(FailureCode.OVERLOADED,
        "more than " + MAX + " operations on tasks are pending on one event loop");
      return;
    }
    post.lane().schedule(operation, deadlineNanos);
    startEndless(operation);
  }

  private void begin(Operation operation) {
    operation.begun(this, ++last);
    pending.put(operation.correlation, operation);
  }

  /** The same without a deadline, until it is ended. */
  void startEndless(Operation operation) {
    begin(operation);
    if (parked.containsKey(operation.exchange)) {
      park(operation);
    } else {
      send(operation);
    }
  }

  /**
   * The same without a deadline and ahead of what is parked, until it is ended: the owner learns
   * what is in hand before it hears a verdict on it.
   */
  void startAhead(Operation operation) {
    begin(operation);
    send(operation);
  }

  private void send(Operation operation) {
    var owner = owners.of(operation.exchange);
    if (owner == null) {
      if (!refuseWithoutQuorum(operation)) {
        park(operation);
      }
      return;
    }
    int lane = Owners.lane(operation.exchange, post.lanesOf(owner.trunk()));
    var out = operation.isBounded() ? post.beginAnswer(owner.trunk(), lane)
      : post.begin(owner.trunk(), lane, operation.sizeBound());
    if (out == null) {
      end(operation);
      operation.failed(FailureCode.OVERLOADED, "exchange '" + operation.exchange
        + "': too much waits for node " + owner.trunk().peer().name());
      return;
    }
    operation.isSent = true;
    operation.sentTo = owner.trunk();
    operation.write(out);
    post.end();
  }

  /** What cannot have been done yet is refused while too few nodes are in reach. */
  private boolean refuseWithoutQuorum(Operation operation) {
    if (!operation.needsQuorum() || operation.again || owners.haveQuorum()) {
      return false;
    }
    end(operation);
    operation.failed(FailureCode.NO_QUORUM,
      "exchange '" + operation.exchange + "': " + Operation.NO_QUORUM);
    return true;
  }

  private void park(Operation operation) {
    operation.isSent = false;
    parked.computeIfAbsent(operation.exchange, absent -> new ArrayDeque<>()).add(operation);
    if (!lookAgain.isRunning()) {
      post.lane().schedule(lookAgain, System.nanoTime() + LOOK_AGAIN_NANOS);
    }
  }

  /** Asks once for each exchange, not for each operation: thousands may wait. */
  private void lookForOwners() {
    for (var exchange : List.copyOf(parked.keySet())) {
      if (owners.of(exchange) != null || !owners.haveQuorum()) {
        sendParked(exchange);
      } else {
        parked.get(exchange).removeIf(operation -> !isPending(operation));
      }
    }
    if (!parked.isEmpty() && !lookAgain.isRunning()) {
      post.lane().schedule(lookAgain, System.nanoTime() + LOOK_AGAIN_NANOS);
    }
  }

  private void sendParked(String exchange) {
    var waiting = parked.get(exchange);
    for (int i = waiting == null ? 0 : waiting.size(); i > 0; i--) {
      var operation = waiting.poll();
      if (isPending(operation)) {
        send(operation);
      }
    }
    if (waiting != null && waiting.isEmpty()) {
      parked.remove(exchange);
    }
  }

  private boolean isPending(Operation operation) {
    return pending.get(operation.correlation) == operation;
  }

  /** Forgets the operation; an answer that comes later is dropped. */
  void end(Operation operation) {
    pending.remove(operation.correlation);
    post.lane().timers().cancel(operation);
  }

  /** An OUTCOME frame, behind its kind. */
  void outcome(FrameReader answer) {
    var operation = pending.get(answer.readLong());
    int code = answer.readUnsignedByte();
    if (operation == null || !operation.isSent) {
      return;
    }
    if (code == ELSEWHERE) {
      owners.forget(operation.exchange);
      operation.again |= answer.readByte() != 0;
      park(operation);
      return;
    }
    end(operation);
    if (code == DONE) {
      operation.done(answer);
    } else {
      operation.failed(FailureCode.of(code).orElse(FailureCode.WORKER_FAILED),
        answer.readText());
    }
  }

  /** A node has become the owner: what was sent elsewhere, or waits for one, goes there. */
  void owned(String exchange, Trunk trunk) {
    parkWhere(each -> each.exchange.equals(exchange) && each.sentTo != trunk);
    sendParked(exchange);
  }

  /** What was sent there may or may not have been done. */
  void nodeDown(Trunk trunk) {
    parkWhere(each -> each.sentTo == trunk);
    lookForOwners();
  }

  private void parkWhere(Predicate<Operation> which) {
    var lost = new ArrayList<Operation>();
    for (var each : pending.all()) {
      if (each.isSent && which.test(each)) {
        lost.add(each);
      }
    }
    // In the order in which they were begun, so that order is kept at the next owner.
    lost.sort((a, b) -> Long.compare(a.correlation, b.correlation));
    lost.forEach(each -> {
      each.again = true;
      park(each);
    });
  }
}

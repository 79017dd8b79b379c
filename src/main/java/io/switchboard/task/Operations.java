package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.trunk.Trunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one lane has asked of the owners of queues and has no answer to. What is asked of one queue
 * arrives in the order in which it was begun, through every change of its owner. On its thread.
 */
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
  private final Predicate<String> isDeclared;
  private final ByNumber<Operation> pending = new ByNumber<>();
  private final Map<String, Line> lines = new HashMap<>();
  private final Set<Line> waiting = new HashSet<>();
  private final TimerWheel.Timer lookAgain = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      lookForOwners();
    }
  };
  private long last;

  /** What is asked of one queue. */
  static final class Line {
    private final String exchange;
    /** Where the last one was sent. */
    private Trunk owner;
    /** How many are at an owner, and not answered. */
    private int sent;
    /** What waits for an owner, by the numbers of the operations. */
    private final TreeMap<Long, Operation> parked = new TreeMap<>();

    private Line(String exchange) {
      this.exchange = exchange;
    }
  }

  Operations(Post post, Owners owners, Predicate<String> isDeclared) {
    this.post = post;
    this.owners = owners;
    this.isDeclared = isDeclared;
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
    operation.begun(this, line(operation.exchange), ++last);
    pending.put(operation.correlation, operation);
  }

  private Line line(String exchange) {
    var line = lines.get(exchange);
    if (line == null) {
      line = new Line(exchange);
      lines.put(exchange, line);
    }
    return line;
  }

  /** The same without a deadline, until it is ended. */
  void startEndless(Operation operation) {
    begin(operation);
    sendOrPark(operation);
  }

  /**
   * The same without a deadline and ahead of what is parked, until it is ended: the owner learns
   * what is in hand before it hears a verdict on it.
   */
  void startAhead(Operation operation) {
    begin(operation);
    send(operation);
  }

  /** Never past one that waits. */
  private void sendOrPark(Operation operation) {
    if (operation.line.parked.isEmpty()) {
      send(operation);
    } else {
      park(operation);
    }
  }

  private void send(Operation operation) {
    var line = operation.line;
    var owner = owners.of(line.exchange);
    if (owner == null) {
      if (owners.haveQuorum() || !refuseWithoutQuorum(operation)) {
        park(operation);
      }
    } else if (owner.trunk() == line.owner) {
      sendTo(owner.trunk(), operation);
    } else {
      // What the one before has not answered goes first.
      park(operation);
      suspend(line, owner.trunk());
      sendParked(line);
    }
  }

  private void sendTo(Trunk trunk, Operation operation) {
    int lane = Owners.lane(operation.exchange, post.lanesOf(trunk));
    var out = operation.isBounded() ? post.beginAnswer(trunk, lane)
      : post.begin(trunk, lane, operation.sizeBound());
    if (out == null) {
      end(operation);
      operation.failed(FailureCode.OVERLOADED, "exchange '" + operation.exchange
        + "': too much waits for node " + trunk.peer().name());
      return;
    }
    operation.line.sent++;
    operation.isSent = true;
    operation.sentTo = trunk;
    operation.write(out);
    post.end();
  }

  /** What cannot have been done yet is refused while too few nodes are in reach. */
  private boolean refuseWithoutQuorum(Operation operation) {
    if (!operation.needsQuorum() || operation.again) {
      return false;
    }
    end(operation);
    operation.failed(FailureCode.NO_QUORUM,
      "exchange '" + operation.exchange + "': " + Operation.NO_QUORUM);
    return true;
  }

  private void park(Operation operation) {
    noLongerSent(operation);
    operation.line.parked.put(operation.correlation, operation);
    waiting.add(operation.line);
    lookAgainLater();
  }

  private static void noLongerSent(Operation operation) {
    if (operation.isSent) {
      operation.isSent = false;
      operation.line.sent--;
    }
  }

  private void lookAgainLater() {
    if (!lookAgain.isRunning()) {
      post.lane().schedule(lookAgain, System.nanoTime() + LOOK_AGAIN_NANOS);
    }
  }

  /** Asks once for each exchange, not for each operation: thousands may wait. */
  private void lookForOwners() {
    boolean haveQuorum = owners.haveQuorum();
    for (var line : List.copyOf(waiting)) {
      line.parked.values().removeIf(operation -> !isPending(operation)
        || !haveQuorum && refuseWithoutQuorum(operation));
      if (line.parked.isEmpty()) {
        waiting.remove(line);
      } else if (!isDeclared.test(line.exchange)) {
        refuseParked(line);
      } else if (line.sent == 0 && (owners.of(line.exchange) != null || !haveQuorum)) {
        // Not before: what else is at the former owner is answered the same way, in any order.
        sendParked(line);
      }
    }
    if (!waiting.isEmpty()) {
      lookAgainLater();
    }
  }

  private List<Operation> takeParked(Line line) {
    var parked = line.parked.values().stream().filter(this::isPending).toList();
    line.parked.clear();
    waiting.remove(line);
    return parked;
  }

  /** The exchange was deleted: nobody will own its queue. */
  private void refuseParked(Line line) {
    lines.remove(line.exchange, line);
    for (var operation : takeParked(line)) {
      end(operation);
      operation.failed(
        FailureCode.NO_EXCHANGE, "exchange '" + line.exchange + "' was deleted");
    }
  }

  private void sendParked(Line line) {
    takeParked(line).forEach(this::sendOrPark);
  }

  private boolean isPending(Operation operation) {
    return pending.get(operation.correlation) == operation;
  }

  /** Forgets the operation; an answer that comes later is dropped. */
  void end(Operation operation) {
    pending.remove(operation.correlation);
    noLongerSent(operation);
    post.lane().timers().cancel(operation);
  }

  /** An OUTCOME frame, behind its kind; from this node where the trunk is null. */
  void outcome(Trunk from, FrameReader answer) {
    var operation = pending.get(answer.readLong());
    int code = answer.readUnsignedByte();
    if (operation == null || !operation.isSent) {
      return;
    }
    if (code == ELSEWHERE) {
      if (operation.sentTo == from) {
        owners.forget(operation.exchange);
        operation.again |= answer.readByte() != 0;
        park(operation);
      }
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

  /** A node is the owner: what was sent elsewhere waits, until {@link #resume}. */
  void suspend(String exchange, Trunk owner) {
    suspend(line(exchange), owner);
  }

  private void suspend(Line line, Trunk owner) {
    line.owner = owner;
    parkWhere(each -> each.line == line && each.sentTo != owner);
  }

  /** What waits goes to the owner. */
  void resume(String exchange) {
    sendParked(line(exchange));
  }

  /** The exchange is gone; what was asked of its queue is told so in time. */
  void drop(String exchange) {
    var line = lines.get(exchange);
    if (line != null) {
      refuseParked(line);
    }
  }

  /** What was sent there may or may not have been done. */
  void nodeDown(Trunk trunk) {
    parkWhere(each -> each.sentTo == trunk);
    lookForOwners();
  }

  private void parkWhere(Predicate<Operation> which) {
    for (var each : pending.all()) {
      if (each.isSent && which.test(each)) {
        each.again = true;
        park(each);
      }
    }
  }
}

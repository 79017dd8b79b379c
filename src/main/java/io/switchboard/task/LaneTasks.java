package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.switchboard.message.Span;
import io.switchboard.message.TaskFrames;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What one lane does for tasks: asks, works, and owns queues. On its thread only. */
final class LaneTasks {
  private final Lane lane;
  private final Post post;
  private final Operations operations;
  private final Answers answers = new Answers();
  private final Queues queues;
  private final Standstill standstill;
  private final Map<Long, Holding> holdings = new HashMap<>();
  /** The latest epoch in which each queue is known to be owned. */
  private final Map<String, Integer> epochs = new HashMap<>();

  LaneTasks(Lane lane, FrameReceiver loop, Owners owners, Queues.Ground ground,
    Predicate<String> isDeclared, Standstill standstill) {
    this.lane = lane;
    this.standstill = standstill;
    this.post = new Post(lane, loop);
    this.operations = new Operations(post, owners, isDeclared);
    this.queues = new Queues(post, ground);
  }

  Lane lane() {
    return lane;
  }

  Operations operations() {
    return operations;
  }

  /** Tells those who ask on this event loop. */
  Answers answers() {
    return answers;
  }

  Queues queues() {
    return queues;
  }

  /** Whether the task may have passed to somebody else without this node's knowing it. */
  boolean isDoubtful(Task task) {
    return standstill.concerns(task.arrivedNanos(), System.nanoTime());
  }

  /** Whether it is too late to begin the task. */
  boolean cameBeforeStandstill(Task task, long nowNanos) {
    return standstill.happenedSince(task.arrivedNanos(), nowNanos);
  }

  void add(Holding holding) {
    holdings.put(holding.id(), holding);
  }

  void remove(Holding holding) {
    holdings.remove(holding.id());
  }

  List<Holding> holdingsAt(String exchange) {
    var found = new ArrayList<Holding>();
    for (var holding : holdings.values()) {
      if (holding.exchangeName().equals(exchange)) {
        found.add(holding);
      }
    }
    return found;
  }

  /** A frame of this family, behind its kind; all but OWNED, which is for the whole node. */
  void receive(Trunk from, int fromLane, byte kind, FrameReader frame) {
    switch (kind) {
      case TaskFrames.OUTCOME -> operations.outcome(from, frame);
      case TaskFrames.TASK -> task(frame);
      case TaskFrames.FILLED -> filled(frame);
      case TaskFrames.LEASE -> leased(frame);
      case TaskFrames.ROLL ->
        queues.rollCalls().answered(
          frame.readText(), from, frame.readLong(), frame.readInt());
      default -> ask(from, fromLane, kind, frame);
    }
  }

  private void ask(Trunk from, int fromLane, byte kind, FrameReader frame) {
    var exchange = frame.readText();
    var caller = new Caller(post, from, fromLane, frame.readLong());
    var queue = queues.find(exchange);
    if (queue == null) {
      var rest = frame.readRest();
      if (!queues.keep(exchange, kind == TaskFrames.ATTACH,
        () -> ask(exchange, caller, from, fromLane, kind, rest),
        () -> refuse(exchange, caller, kind, rest))) {
        refuse(exchange, caller, kind, rest);
      }
      return;
    }
    ask(queue, caller, from, fromLane, kind, frame);
  }

  /** What was kept until its queue was open. */
  private void ask(
    String exchange, Caller caller, Trunk from, int fromLane, byte kind, Buffer rest) {
    var queue = queues.opened(exchange);
    if (queue == null) {
      refuse(exchange, caller, kind, rest);
      return;
    }
    ask(queue, caller, from, fromLane, kind, again(kind, rest));
  }

  private static FrameReader again(byte kind, Buffer rest) {
    var reader = new FrameReader();
    reader.reset(Buffer.buffer().appendInt(rest.length() + 1).appendByte(kind)
      .appendBuffer(rest), 0);
    reader.nextFrame();
    return reader;
  }

  /** What cannot have been done before is told so where too few nodes are in reach. */
  private void refuse(String exchange, Caller caller, byte kind, Buffer rest) {
    boolean isNew = kind == TaskFrames.ASK
      || kind == TaskFrames.SUBMIT && !Submission.read(again(kind, rest)).again();
    if (isNew && !queues.haveQuorum()) {
      caller.failed(FailureCode.NO_QUORUM, "exchange '" + exchange + "': "
        + Operation.NO_QUORUM);
    } else {
      caller.elsewhere(false);
    }
  }

  private void ask(
    TaskQueue queue, Caller caller, Trunk from, int fromLane, byte kind, FrameReader frame) {
    switch (kind) {
      case TaskFrames.SUBMIT -> queue.submit(caller, Submission.read(frame));
      case TaskFrames.VERDICT -> queue.verdict(caller, TaskVerdict.read(frame));
      case TaskFrames.ATTACH -> {
        var attachment = TaskAttachment.read(frame);
        queue.attach(from, fromLane, attachment);
        caller.done();
        queues.rollCalls().attached(queue.exchange(), from, attachment.round());
      }
      case TaskFrames.DETACH -> {
        long worker = frame.readLong();
        queue.detach(from, worker, (frame.readUnsignedByte() & TaskFrames.KEEP) != 0);
        caller.done();
      }
      case TaskFrames.ASK -> Questions.answer(queue, caller, question(frame));
      default -> throw new MalformedFrame("frame kind " + kind);
    }
  }

  private static JsonObject question(FrameReader frame) {
    try {
      return new JsonObject(frame.readRest());
    } catch (DecodeException notJson) {
      throw new MalformedFrame("a question that is no JSON");
    }
  }

  private void task(FrameReader frame) {
    var holding = holdings.get(frame.readLong());
    var id = new TaskId(frame.readLong(), frame.readLong());
    long token = frame.readLong();
    int attempt = frame.readInt();
    int priority = frame.readUnsignedByte();
    long leaseNanos = Span.bounded(frame.readLong()) * 1_000_000;
    var key = frame.readUnsignedByte() == 0 ? null : frame.readText();
    // A worker that has gone was detached; a former owner's late gifts would be given twice.
    if (holding == null || isFormer(holding, Leases.epochOf(token))) {
      return;
    }
    var headers = TaskFrames.readHeaders(frame);
    holding.take(new Task(new Task.Lease(id, token, attempt, priority, key),
      System.nanoTime(), leaseNanos, frame.readBody(), headers, holding));
  }

  /** Whether a later owner is known already. */
  private boolean isFormer(Holding holding, int epoch) {
    return epoch < epochs.getOrDefault(holding.exchangeName(), 0);
  }

  private void filled(FrameReader frame) {
    var holding = holdings.get(frame.readLong());
    if (holding != null && !isFormer(holding, (int) frame.readLong())) {
      holding.filled();
    }
  }

  private void leased(FrameReader frame) {
    var holding = holdings.get(frame.readLong());
    if (holding != null) {
      holding.leased(frame.readLong(), Span.bounded(frame.readLong()));
    }
  }

  /** A node has taken the queue over: it is told what the workers here hold. */
  void owned(String exchange, Trunk owner, int epoch) {
    epochs.put(exchange, epoch);
    operations.suspend(exchange, owner);
    queues.owned(exchange, epoch);
    var workers = holdingsAt(exchange);
    var out = post.beginAnswer(owner, Owners.lane(exchange, post.lanesOf(owner)));
    int start = TaskFrames.begin(out, TaskFrames.ROLL);
    TaskFrames.text(out, exchange);
    out.appendLong(epoch).appendInt(workers.size());
    TaskFrames.end(out, start);
    post.end();
    workers.forEach(worker -> worker.attach(epoch));
    operations.resume(exchange);
  }

  /** The exchange is gone. */
  void drop(String exchange) {
    epochs.remove(exchange);
    operations.drop(exchange);
  }

  void nodeForgot(Trunk trunk) {
    queues.nodeForgot(trunk);
    operations.nodeDown(trunk);
  }

  void nodeDown(Trunk trunk) {
    queues.nodeDown(trunk);
    operations.nodeDown(trunk);
  }
}

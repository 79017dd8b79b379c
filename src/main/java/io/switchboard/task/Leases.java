package io.switchboard.task;

import io.switchboard.message.TaskFrames;
import io.switchboard.task.TaskEntry.State;
import io.switchboard.trunk.Trunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who holds which task of one queue, and who is given the next. On the queue's lane. */
final class Leases {
  private final Post post;
  private final Backlog backlog;
  private final int epoch;
  private final Map<Consumer.Key, Consumer> consumers = new HashMap<>();
  private final Rotation rotation = new Rotation();
  private final ByNumber<TaskEntry> byToken = new ByNumber<>();
  private long lastToken;
  private long redelivered;

  /** @param epoch every token of a later epoch is greater */
  Leases(Post post, Backlog backlog, int epoch) {
    this.post = post;
    this.backlog = backlog;
    this.epoch = epoch;
    this.lastToken = firstToken();
  }

  /** Every token that is given out here is greater. */
  long firstToken() {
    return (long) epoch << 32;
  }

  /** The epoch of the owner that gave the token out. */
  static int epochOf(long token) {
    return (int) (token >>> 32);
  }

  long redelivered() {
    return redelivered;
  }

  /** The worker, new or known, with its present terms. */
  Consumer attach(Trunk trunk, int lane, long worker, boolean once) {
    return consumers.computeIfAbsent(Consumer.Key.of(trunk, worker),
      key -> new Consumer(key, trunk, lane, once));
  }

  Consumer find(Trunk trunk, long worker) {
    return consumers.get(Consumer.Key.of(trunk, worker));
  }

  void offer(Consumer consumer) {
    rotation.offer(consumer);
  }

  /**
   * True while a worker that says so may have the task in hand by a former owner's leave: nobody
   * has it since, or somebody by an earlier leave, who has lost it but may not know.
   */
  boolean mayBeHeld(TaskEntry entry, long token) {
    return token > entry.token && isFormer(token) && isFormer(entry.token)
      && (entry.state == State.READY || entry.state == State.DELAYED
        || entry.state == State.LEASED);
  }

  /** What a worker has in hand by a former owner's leave; false when there is no such thing. */
  boolean adopt(Consumer consumer, TaskEntry entry, long token, int attempt) {
    if (entry == null || !mayBeHeld(entry, token)) {
      return false;
    }
    if (entry.state == State.LEASED) {
      end(entry);
    }
    entry.attempts = Math.max(entry.attempts, attempt);
    lease(consumer, entry, token);
    return true;
  }

  private boolean isFormer(long token) {
    return epochOf(token) < epoch;
  }

  private void lease(Consumer consumer, TaskEntry entry, long token) {
    backlog.move(entry, State.LEASED);
    entry.token = token;
    entry.verdict = null;
    entry.holder = consumer;
    consumer.holds(entry);
    byToken.put(token, entry);
  }

  /** The task that is leased under the token; null when the lease is over. */
  TaskEntry leased(long token) {
    return byToken.get(token);
  }

  /** The lease is over; the worker may get another task. */
  void end(TaskEntry entry) {
    byToken.remove(entry.token);
    var consumer = entry.holder;
    entry.holder = null;
    consumer.releases(entry);
    if (consumer.isDone()) {
      consumers.remove(consumer.key);
    }
    rotation.offer(consumer);
  }

  /** The worker is gone; returns what it held, whose leases are over. */
  List<TaskEntry> drop(Consumer consumer) {
    consumer.close();
    consumers.remove(consumer.key);
    var lost = new ArrayList<>(consumer.held());
    lost.sort((a, b) -> Long.compare(b.sequence, a.sequence));
    lost.forEach(entry -> {
      byToken.remove(entry.token);
      entry.holder = null;
    });
    consumer.held().clear();
    return lost;
  }

  /** The worker takes no more, but keeps what it holds. */
  void close(Consumer consumer) {
    consumer.close();
    if (consumer.isDone()) {
      consumers.remove(consumer.key);
    }
  }

  List<Consumer> of(Trunk trunk) {
    return consumers.values().stream().filter(each -> each.trunk == trunk).toList();
  }

  /** Is told of every task that is handed out. */
  @FunctionalInterface
  interface Starter {
    /** False when the task is not to be handed out after all. */
    boolean start(TaskEntry entry, Consumer consumer);
  }

  /** Gives one task after another to the workers in turn, while there are both. */
  void handOut(Starter starter) {
    var once = new ArrayList<Consumer>();
    for (var consumer = rotation.next(); consumer != null; consumer = rotation.next()) {
      var entry = backlog.next();
      while (entry != null && !starter.start(entry, consumer)) {
        entry = backlog.next();
      }
      if (entry == null) {
        rotation.giveBack(consumer);
        break;
      }
      entry.attempts++;
      redelivered += entry.attempts > 1 ? 1 : 0;
      lease(consumer, entry, ++lastToken);
      deliver(consumer, entry);
      if (consumer.once && !consumer.isFilling) {
        consumer.isFilling = true;
        once.add(consumer);
      }
      rotation.offer(consumer);
    }
    once.forEach(this::filled);
  }

  private void deliver(Consumer consumer, TaskEntry entry) {
    var out = post.beginAnswer(consumer.trunk, consumer.lane);
    int start = TaskFrames.begin(out, TaskFrames.TASK);
    out.appendLong(consumer.key.worker()).appendLong(entry.id.node())
      .appendLong(entry.id.number()).appendLong(entry.token).appendInt(entry.attempts)
      .appendByte((byte) entry.priority).appendLong(consumer.ackTimeoutMillis())
      .appendByte((byte) (entry.key == null ? 0 : TaskFrames.WITH_KEY));
    if (entry.key != null) {
      TaskFrames.text(out, entry.key);
    }
    out.appendBytes(entry.content);
    TaskFrames.end(out, start);
    post.end();
  }

  /** Lets the worker know what somebody else has made of its lease; 0 when it is over. */
  void tell(Consumer consumer, long token, long millis) {
    if (consumer.trunk != null && !consumer.trunk.takesAnswers()) {
      return;
    }
    var out = post.beginAnswer(consumer.trunk, consumer.lane);
    int start = TaskFrames.begin(out, TaskFrames.LEASE);
    out.appendLong(consumer.key.worker()).appendLong(token).appendLong(millis);
    TaskFrames.end(out, start);
    post.end();
  }

  private void filled(Consumer consumer) {
    close(consumer);
    var out = post.beginAnswer(consumer.trunk, consumer.lane);
    int start = TaskFrames.begin(out, TaskFrames.FILLED);
    out.appendLong(consumer.key.worker()).appendLong(epoch);
    TaskFrames.end(out, start);
    post.end();
  }
}

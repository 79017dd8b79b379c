package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.message.FailureCode;
import io.switchboard.message.TaskFrames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/**
 * One place of this node at which tasks are in hand, as the queue's owner knows it: a worker,
 * or what was leased for somebody outside. Its state belongs to its home lane.
 */
abstract class Holding implements Task.Holder {
  /** Whoever leaves waits no longer for the owner's answer. */
  static final long LEAVE_NANOS = 2_000_000_000L;

  private final String exchange;
  private final long id;
  private final int prefetch;
  private final long ackTimeoutMillis;
  private final LaneTasks home;
  private final ByNumber<Task> held = new ByNumber<>();
  private final Promise<Void> accepted = Promise.promise();
  /** What the owner has not answered yet; null for nothing. */
  private AttachOperation attaching;
  private boolean takesNoMore;

  Holding(String exchange, long id, int prefetch, long ackTimeoutMillis, LaneTasks home) {
    this.exchange = exchange;
    this.id = id;
    this.prefetch = prefetch;
    this.ackTimeoutMillis = ackTimeoutMillis;
    this.home = home;
  }

  String exchangeName() {
    return exchange;
  }

  long id() {
    return id;
  }

  int prefetch() {
    return prefetch;
  }

  long ackTimeoutMillis() {
    return ackTimeoutMillis;
  }

  LaneTasks home() {
    return home;
  }

  /** True for what takes what is there once, and no more after that. */
  boolean isOnce() {
    return false;
  }

  /** True once it is over with taking: every owner is told. */
  boolean takesNoMore() {
    return takesNoMore;
  }

  /** The owner knows that this place takes no more; later ones will. On the home lane. */
  void close() {
    takesNoMore = true;
  }

  /** What is in hand; on the home lane. */
  List<Task> held() {
    return held.all();
  }

  /** How many tasks are in hand; may be a moment old. Any thread. */
  int inHand() {
    return held.size();
  }

  /** Tells the owner of this place and what it holds; completes once. On the home lane. */
  Future<Void> attach(long round) {
    endAttaching();
    attaching = new AttachOperation(this, round, accepted);
    home.operations().startAhead(attaching);
    return accepted.future();
  }

  /** The owner knows of this place, or there is none any more. */
  void attached(AttachOperation told) {
    if (attaching == told) {
      attaching = null;
      released();
    }
  }

  /** True while an owner may not know yet what it was told last. */
  boolean isAttaching() {
    return attaching != null;
  }

  /** Tells the owner that this place takes no more; on the home lane. */
  Future<Void> leave(boolean keep) {
    return leave(keep, LEAVE_NANOS);
  }

  /** The same; completes when the owner has answered, or has not for so long. */
  Future<Void> leave(boolean keep, long withinNanos) {
    takesNoMore = true;
    var detach = new DetachOperation(exchange, id, keep);
    home.operations().start(detach, System.nanoTime() + withinNanos);
    if (!keep) {
      held.clear();
      home.remove(this);
    }
    return detach.future().otherwiseEmpty();
  }

  /** What the owner has not answered yet is told no more; on the home lane. */
  void endAttaching() {
    if (attaching != null) {
      home.operations().end(attaching);
      attaching = null;
    }
  }

  /** A task arrives; on the home lane. */
  void take(Task task) {
    held.put(task.tokenNumber(), task);
  }

  /** The owner has given what there was to one that takes once; on the home lane. */
  void filled() {
    throw new IllegalStateException("worker " + id + " goes on taking");
  }

  /** The task was not begun in time. */
  void forget(Task task) {
    if (!task.isSettled()) {
      held.remove(task.tokenNumber());
      released();
    }
  }

  /**
   * Somebody has spoken a verdict by the task's token, which is stored, or has extended the lease;
   * on the home lane.
   *
   * @param millis how long the lease lasts from now; 0 when it is over
   */
  void leased(long token, long millis) {
    var task = held.get(token);
    if (task != null) {
      task.lasts(millis);
      if (millis == 0) {
        held.remove(token);
        released();
      }
    }
  }

  /** A task has left, or the owner knows what it was told last; on the home lane. */
  void released() {
    // Workers stay until they are detached.
  }

  /** A verdict of whoever holds the task here. */
  private final class OfHeld extends VerdictOperation {
    private final Task task;

    private OfHeld(Task task, Verdict verdict, long millis, String reason) {
      super(Holding.this.exchange, task.id(), task.tokenNumber(), verdict, millis, reason);
      this.task = task;
    }

    @Override
    int flags() {
      return flagAgain() | (again && home.isDoubtful(task) ? TaskFrames.DOUBTFUL : 0);
    }
  }

  @Override
  public Future<Void> tell(Task task, Verdict verdict, long millis, String reason) {
    var operation = new OfHeld(task, verdict, millis, reason);
    if (Lane.current() == home.lane()) {
      send(task, operation, verdict);
    } else {
      home.lane().execute(() -> send(task, operation, verdict));
    }
    return operation.future();
  }

  private void send(Task task, VerdictOperation operation, Verdict verdict) {
    if (held.get(task.tokenNumber()) != task) {
      operation.failed(
        FailureCode.STALE_TOKEN, "the lease of task " + task.id() + " is over");
      return;
    }
    // Until the owner has stored the verdict, a new owner must know that the task is in hand.
    if (verdict != Verdict.EXTEND) {
      operation.future().onComplete(told -> {
        held.remove(task.tokenNumber());
        released();
      });
    }
    home.operations().startEndless(operation);
  }
}

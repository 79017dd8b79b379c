package io.switchboard.task;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import io.switchboard.message.Span;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * A task in hand. Its verdict may be spoken from any thread; the first one counts, and every
 * later one gets the future of the first. A verdict's future succeeds once it is stored on the
 * owner and its backups; it fails with STALE_TOKEN when the lease has passed to someone else.
 */
public final class Task extends Message {
  /** How a task arrived. */
  record Lease(TaskId id, long token, int attempt, int priority, String key) {
  }

  private final Lease lease;
  private final Holder holder;
  private final long arrivedNanos;
  private volatile long heldUntilNanos;
  private Future<Void> verdict;
  private boolean begun;

  /** Where a task in hand sends its verdict. */
  interface Holder {
    Future<Void> tell(Task task, Verdict verdict, long millis, String reason);
  }

  Task(Lease lease, long arrivedNanos, long leaseNanos, Object body, Headers headers,
    Holder holder) {
    super(body, headers);
    this.lease = lease;
    this.arrivedNanos = arrivedNanos;
    this.heldUntilNanos = arrivedNanos + leaseNanos;
    this.holder = holder;
  }

  public TaskId id() {
    return lease.id;
  }

  /** From 1; counts every time that the task was handed out. */
  public int attempt() {
    return lease.attempt;
  }

  /** 0 to 9. */
  public int priority() {
    return lease.priority;
  }

  /** The task key; null without one. */
  public String key() {
    return lease.key;
  }

  /** Names this lease of the task; a later lease has another. */
  public String token() {
    return Long.toHexString(lease.token);
  }

  long tokenNumber() {
    return lease.token;
  }

  /** Done: the task is handed out no more. */
  public Future<Void> ack() {
    return settle(Verdict.ACK, 0, null);
  }

  /**
   * The attempt failed: the task is handed out again after the exchange's pause, or becomes a
   * dead letter when this was its last attempt. The reason is kept with it.
   */
  public Future<Void> nack(String reason) {
    return settle(Verdict.FAIL, 0, reason);
  }

  /**
   * The same with a pause of one's own; at once for a zero delay. Throws BAD_REQUEST, nothing
   * said, for one that is negative or longer than 365 days.
   */
  public Future<Void> requeue(Duration delay, String reason) {
    return settle(Verdict.REQUEUE, Span.require("a pause", delay).toMillis(), reason);
  }

  /**
   * The task was not begun: it goes to others at once, ahead of what waits, and this attempt does
   * not count.
   */
  public Future<Void> giveBack() {
    return settle(Verdict.RETURN, 0, null);
  }

  /** The task becomes a dead letter now. */
  public Future<Void> bury(String reason) {
    return settle(Verdict.BURY, 0, reason);
  }

  /**
   * Holds the task for so long from now on; no verdict. Throws BAD_REQUEST for a time that is
   * negative or longer than 365 days.
   */
  public Future<Void> extend(Duration more) {
    long millis = Math.max(1, Span.require("an extension", more).toMillis());
    heldUntilNanos = Math.max(heldUntilNanos, System.nanoTime() + millis * 1_000_000);
    return holder.tell(this, Verdict.EXTEND, millis, null);
  }

  synchronized Future<Void> settle(Verdict spoken, long millis, String reason) {
    if (verdict == null) {
      verdict = holder.tell(this, spoken, millis, reason);
    }
    return verdict;
  }

  synchronized boolean isSettled() {
    return verdict != null;
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  long heldUntilNanos() {
    return heldUntilNanos;
  }

  /** The owner says how long the lease lasts from now. */
  void lasts(long millis) {
    heldUntilNanos = System.nanoTime() + millis * 1_000_000;
  }

  /** False when it must not be begun any more: given back, or its lease is over. */
  synchronized boolean begin(long nowNanos) {
    begun = verdict == null && heldUntilNanos - nowNanos > 0;
    return begun;
  }

  /** Back to the queue, uncounted, unless it was begun or settled; then it can be no more. */
  synchronized void giveBackUnlessBegun() {
    if (!begun) {
      settle(Verdict.RETURN, 0, null);
    }
  }
}

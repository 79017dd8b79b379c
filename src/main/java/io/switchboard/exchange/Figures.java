package io.switchboard.exchange;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/**
 * Running totals of one exchange on one node, the same names for every kind of exchange. Any
 * thread may count; a total that is read meanwhile may lack what is being counted.
 */
public final class Figures {
  /** Requests that were sent from here. */
  final LongAdder requests = new LongAdder();
  /** Requests from here that were answered. */
  final LongAdder replies = new LongAdder();
  /** Requests and one-way messages from here that failed, for whatever reason. */
  final LongAdder failures = new LongAdder();
  /** Requests from here that were sent once more after their worker was lost. */
  final LongAdder retries = new LongAdder();
  /** Requests from here that were asked of a second worker too, being slow. */
  final LongAdder hedges = new LongAdder();
  /** One-way messages that were sent from here. */
  final LongAdder sends = new LongAdder();
  /** Events that were published here. */
  private final LongAdder published = new LongAdder();
  /** Messages and events that were handed to handlers here. */
  final LongAdder delivered = new LongAdder();
  /** Events for which nobody was subscribed. */
  private final LongAdder unrouted = new LongAdder();
  /** What a full mailbox or trunk here refused. */
  final LongAdder overloaded = new LongAdder();
  /** Deliveries here that had no answer at their deadline, or came after it. */
  final LongAdder abandoned = new LongAdder();
  /** Entries that were emitted here. */
  private final LongAdder emitted = new LongAdder();
  /** Entries of this node that gave way to newer ones in a full buffer. */
  private final LongAdder dropped = new LongAdder();
  /** Entries of this node that were in doubt when their collector went: at most lost. */
  private final LongAdder lost = new LongAdder();

  /** Something that a handler here could not take. */
  public void failed() {
    failures.increment();
  }

  /** An event that was published here. */
  public void published() {
    published.increment();
  }

  /** So many messages that were handed to handlers here. */
  public void delivered(long count) {
    delivered.add(count);
  }

  /** An event for which nobody was subscribed. */
  public void unrouted() {
    unrouted.increment();
  }

  /** So many messages that something full here refused. */
  public void overloaded(long count) {
    overloaded.add(count);
  }

  /** An entry that was emitted here. */
  public void emitted() {
    emitted.increment();
  }

  /** An entry of this node that gave way to a newer one. */
  public void dropped() {
    dropped.increment();
  }

  /** So many entries of this node that may have been lost. */
  public void lost(long count) {
    lost.add(count);
  }

  /** All of them by their names. */
  public JsonObject toJson() {
    return new JsonObject().put("requests", requests.sum()).put("replies", replies.sum())
      .put("failures", failures.sum()).put("retries", retries.sum())
      .put("hedges", hedges.sum()).put("sends", sends.sum())
      .put("published", published.sum()).put("delivered", delivered.sum())
      .put("unrouted", unrouted.sum()).put("overloaded", overloaded.sum())
      .put("abandoned", abandoned.sum()).put("emitted", emitted.sum())
      .put("dropped", dropped.sum()).put("lost", lost.sum());
  }
}

package io.switchboard.exchange;

import io.switchboard.message.CallMode;
import io.switchboard.message.Deadline;
import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;

/** What a worker's handler gets: a request, or a one-way message. */
public final class Request extends Message {
  private final String key;
  private final long deadlineNanos;
  private final boolean oneWay;
  private Delivery delivery;
  private volatile Handler<SwitchboardException> cancelHandler;

  Request(Object body, Headers headers, String key, long deadlineNanos, boolean oneWay) {
    super(body, headers);
    this.key = key;
    this.deadlineNanos = deadlineNanos;
    this.oneWay = oneWay;
  }

  /** The balancing key that the sender gave; null without one. */
  public String key() {
    return key;
  }

  /** True when nobody waits for an answer; what the handler answers is dropped. */
  public boolean isOneWay() {
    return oneWay;
  }

  void deliveredBy(Delivery way) {
    delivery = way;
  }

  Delivery delivery() {
    return delivery;
  }

  /** True when the caller takes chunks: it asked with {@code stream}. */
  public boolean acceptsChunks() {
    return delivery.mode().isStream();
  }

  /** True when the caller answers questions: it asked with {@code converse}. */
  public boolean acceptsQuestions() {
    return delivery.mode() == CallMode.DIALOGUE;
  }

  /**
   * The answer in chunks, written here; always the same writer. Throws CONFLICT, and fails
   * the call with it, when the caller did not ask for a stream. Any thread.
   */
  public <T> ChunkWriter<T> chunks() {
    return delivery.openChunks();
  }

  /** {@link #ask(Object, CallOptions)} with what time the whole dialogue has left. */
  public Future<Reply> ask(Object question) {
    return ask(question, CallOptions.DEFAULT);
  }

  /**
   * Asks the caller back, one question at a time; the caller keeps waiting for the handler's
   * answer. The future completes on the worker's context with what the caller answered, at
   * most once. It fails with CONFLICT, and so does the call, when the caller did not ask with
   * {@code converse}; with DEADLINE when the step's own time or that of the whole has passed;
   * with CANCELLED, BAD_REQUEST or DENIED when the caller has no answer; with CANCELLED or
   * NODE_DOWN when the caller went away. Any thread.
   */
  public Future<Reply> ask(Object question, CallOptions options) {
    return delivery.ask(question, options);
  }

  /**
   * Is called once, on the worker's context, when nobody waits for the answer any more:
   * CANCELLED by the caller, NODE_DOWN for a caller whose node is gone, DEADLINE. The slot is
   * free then, and what the handler still answers is dropped. A plain {@code request} hears
   * only of its deadline. Set it before the handler returns.
   */
  public Request onCancel(Handler<SwitchboardException> handler) {
    cancelHandler = handler;
    return this;
  }

  /** True once nobody waits for the answer any more. Any thread. */
  public boolean isCancelled() {
    return delivery.cancelled() != null;
  }

  void tellCancelled(Context context, SwitchboardException reason) {
    var handler = cancelHandler;
    if (handler != null) {
      context.runOnContext(ignored -> handler.handle(reason));
    }
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** What is left until the deadline; never negative. */
  public Duration remaining() {
    int millis = Deadline.remainingMillis(deadlineNanos, System.nanoTime());
    return Duration.ofMillis(Math.max(0, millis));
  }
}

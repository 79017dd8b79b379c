package io.switchboard.exchange;

import io.switchboard.message.Deadline;
import io.switchboard.message.Headers;
import io.switchboard.message.Names;
import java.time.Duration;

/**
 * What a client may say beside the body. Immutable; keep and reuse it, unless it was made
 * {@link #of} a request.
 *
 * @param timeout how long to wait for the answer; null for the exchange's default
 * @param key     the balancing key; null for none
 * @param headers travel with the message
 * @param parent  the request on whose behalf this is asked: the answer must come by its
 *                deadline as well; null for none
 * @param waitsForRoom whether a message waits, instead of being refused, while all workers are
 *                full
 */
public record CallOptions(
  Duration timeout, String key, Headers headers, Request parent, boolean waitsForRoom) {
  /** The exchange's defaults. */
  public static final CallOptions DEFAULT = new CallOptions(null, null, Headers.NONE);

  public CallOptions {
    Names.requireKey(key);
  }

  /** Asked on nobody's behalf. */
  public CallOptions(Duration timeout, String key, Headers headers) {
    this(timeout, key, headers, null, false);
  }

  /** The answer must come within this time: the deadline is now plus the timeout. */
  public static CallOptions within(Duration timeout) {
    return DEFAULT.timeout(timeout);
  }

  /**
   * For what a handler asks after it has returned, in a callback or on another thread: the
   * answer must come by the request's own deadline. What it asks before it returns is bound by
   * that without being told.
   */
  public static CallOptions of(Request request) {
    return new CallOptions(null, null, Headers.NONE, request, false);
  }

  /** The answer must come within this time. */
  public CallOptions timeout(Duration timeout) {
    return new CallOptions(timeout, key, headers, parent, waitsForRoom);
  }

  /**
   * While every worker is full the message waits in order for room, until its deadline, instead
   * of failing with OVERLOADED at once. No more than 4,096 messages wait on one event loop;
   * further ones are refused.
   */
  public CallOptions waitForRoom() {
    return new CallOptions(timeout, key, headers, parent, true);
  }

  /** Messages of one key go to one worker where the balancer goes by key. */
  public CallOptions key(String key) {
    return new CallOptions(timeout, key, headers, parent, waitsForRoom);
  }

  /** Adds or replaces a header. */
  public CallOptions header(String name, String value) {
    return headers(headers.with(name, value));
  }

  /** Replaces the headers. */
  public CallOptions headers(Headers headers) {
    return new CallOptions(timeout, key, headers, parent, waitsForRoom);
  }

  /** Throws BAD_REQUEST for a timeout outside 1 ms to 24 h. */
  long deadlineNanos(Duration defaultTimeout, long nowNanos) {
    long own = Deadline.after(nowNanos, timeout == null ? defaultTimeout : timeout);
    return parent != null && parent.deadlineNanos() - own < 0 ? parent.deadlineNanos() : own;
  }
}

package io.switchboard.exchange;

import io.switchboard.message.Deadline;
import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import java.time.Duration;

/** What a worker's handler gets: a request, or a one-way message. */
public final class Request extends Message {
  private final String key;
  private final long deadlineNanos;
  private final boolean oneWay;

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

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** What is left until the deadline; never negative. */
  public Duration remaining() {
    int millis = Deadline.remainingMillis(deadlineNanos, System.nanoTime());
    return Duration.ofMillis(Math.max(0, millis));
  }
}

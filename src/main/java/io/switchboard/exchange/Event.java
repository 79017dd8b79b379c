package io.switchboard.exchange;

import io.switchboard.message.Body;
import io.switchboard.message.Headers;
import io.switchboard.message.Message;

/**
 * What was published to a topic, as a subscriber gets it. Subscribers of one node share what
 * cannot be changed; of a body that can, a Buffer or JSON, each gets its own copy, made when it
 * first asks for the body.
 */
public final class Event extends Message {
  private final String key;
  private final long lost;
  private final boolean shared;
  private final boolean retained;
  private Object own;

  private Event(String key, Object body, Headers headers, long lost, boolean shared,
    boolean retained) {
    super(body, headers);
    this.key = key;
    this.lost = lost;
    this.shared = shared;
    this.retained = retained;
  }

  static Event of(String key, Object body, Headers headers) {
    return new Event(key, body, headers, 0, false, false);
  }

  /** The same with a body that the publisher cannot change any more. */
  Event kept() {
    var body = super.body();
    return Body.isImmutable(body) ? this
      : new Event(key, Body.copyForReceiver(body), headers(), lost, shared, retained);
  }

  /** The same for one of several subscribers, none of whom sees what another does to it. */
  Event forOneOfMany() {
    return Body.isImmutable(super.body()) ? this
      : new Event(key, super.body(), headers(), lost, true, retained);
  }

  /** The same behind a gap. */
  Event after(long missing) {
    return new Event(key, super.body(), headers(), missing, shared, retained);
  }

  /** The same for somebody who was not there when it was published. */
  Event asRetained() {
    return new Event(key, super.body(), headers(), 0, !Body.isImmutable(super.body()), true);
  }

  /** True when it takes the key's value away. */
  boolean isCleared() {
    return super.body() == null;
  }

  @Override
  public Object body() {
    if (!shared) {
      return super.body();
    }
    if (own == null) {
      own = Body.copyForReceiver(super.body());
    }
    return own;
  }

  /** How many events this subscriber was too slow for since the one before: a gap. */
  public long lost() {
    return lost;
  }

  /** True for a value that was there before the subscriber, or that its node learned late. */
  public boolean isRetained() {
    return retained;
  }

  /** The routing key under which it was published. */
  public String key() {
    return key;
  }
}

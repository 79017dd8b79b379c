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
  /** Stands for a body of one's own that was not asked for yet. */
  private static final Object NOT_YET = new Object();

  private final About about;
  /** Null when the body need not be copied for this subscriber. */
  private Object own;

  /** What the subscribers of an event have in common, kept once: there are many of them. */
  private record About(String key, long lost, boolean retained) {
  }

  private Event(Object body, Headers headers, About about, boolean shared) {
    super(body, headers);
    this.about = about;
    this.own = shared ? NOT_YET : null;
  }

  static Event of(String key, Object body, Headers headers) {
    return new Event(body, headers, new About(key, 0, false), false);
  }

  /** The same with a body that the publisher cannot change any more. */
  Event kept() {
    var body = super.body();
    return Body.isImmutable(body) ? this
      : new Event(Body.copyForReceiver(body), headers(), about, own != null);
  }

  /** The same for one of several subscribers, none of whom sees what another does to it. */
  Event forOneOfMany() {
    return own == null && Body.isImmutable(super.body()) ? this
      : new Event(super.body(), headers(), about, true);
  }

  /** The same behind a gap. */
  Event after(long missing) {
    return new Event(
      super.body(), headers(), new About(about.key, missing, about.retained), own != null);
  }

  /** The same for somebody who was not there when it was published. */
  Event asRetained() {
    return new Event(super.body(), headers(), new About(about.key, 0, true),
      !Body.isImmutable(super.body()));
  }

  /** True when it takes the key's value away. */
  boolean isCleared() {
    return super.body() == null;
  }

  @Override
  public Object body() {
    if (own == null) {
      return super.body();
    }
    if (own == NOT_YET) {
      own = Body.copyForReceiver(super.body());
    }
    return own;
  }

  /** How many events this subscriber was too slow for since the one before: a gap. */
  public long lost() {
    return about.lost;
  }

  /** True for a value that was there before the subscriber, or that its node learned late. */
  public boolean isRetained() {
    return about.retained;
  }

  /** The routing key under which it was published. */
  public String key() {
    return about.key;
  }
}

package io.switchboard.topic;

import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

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
  private static final class About {
    private final String key;
    private final long lost;
    private final boolean retained;
    /** Made when the first one asks; several may at once, for whom any one is as good. */
    private volatile byte[] bytes;

    private About(String key, long lost, boolean retained) {
      this.key = key;
      this.lost = lost;
      this.retained = retained;
    }

    /** @param body one that nobody changes */
    private byte[] sharedBytes(Object body) {
      var known = bytes;
      if (known == null) {
        known = bytesOf(body);
        bytes = known;
      }
      return known;
    }
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

  /**
   * The bytes of the body, to be read only. Where several subscribers get an event they share
   * them, while {@link #body} makes a copy for each: who only reads need not pay for it. A
   * buffer of one's own for each call, from position 0. Any thread. Throws BAD_REQUEST when the
   * body is neither a Buffer nor a byte array.
   */
  public ByteBuffer bytes() {
    // A body that is not shared may change, also between two calls.
    var bytes = own == null ? bytesOf(super.body()) : about.sharedBytes(super.body());
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private static byte[] bytesOf(Object body) {
    if (body instanceof Buffer buffer) {
      return buffer.getBytes();
    }
    if (body instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw new SwitchboardException(FailureCode.BAD_REQUEST, "the body is "
      + (body == null ? "null" : "a " + body.getClass().getSimpleName()) + ", not bytes");
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

package io.switchboard.exchange;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;

/** What was published to a topic, as a subscriber gets it. */
public final class Event extends Message {
  private final String key;

  Event(String key, Object body, Headers headers) {
    super(body, headers);
    this.key = key;
  }

  /** The routing key under which it was published. */
  public String key() {
    return key;
  }
}

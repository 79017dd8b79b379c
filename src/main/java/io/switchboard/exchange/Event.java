package io.switchboard.exchange;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;

/** What was published to a topic, as a subscriber gets it. */
public final class Event extends Message {
  private final String key;
  private final long lost;

  Event(String key, Object body, Headers headers, long lost) {
    super(body, headers);
    this.key = key;
    this.lost = lost;
  }

  /** How many events this subscriber was too slow for since the one before: a gap. */
  public long lost() {
    return lost;
  }

  /** The routing key under which it was published. */
  public String key() {
    return key;
  }
}

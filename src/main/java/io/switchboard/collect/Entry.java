package io.switchboard.collect;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;

/** What a producer emitted, as the active collector gets it. */
public final class Entry extends Message {
  private final String node;
  private final long epoch;
  private final long lost;

  Entry(Object body, Headers headers, String node, long epoch, long lost) {
    super(body, headers);
    this.node = node;
    this.epoch = epoch;
    this.lost = lost;
  }

  /** The name of the node where it was emitted. */
  public String node() {
    return node;
  }

  /** The collector's reign in which it was handed out: grows with every takeover. */
  public long epoch() {
    return epoch;
  }

  /**
   * How many entries, at most, were lost since the one before: those in doubt when another
   * collector's node went away, and those that a full buffer of this entry's node dropped.
   */
  public long lost() {
    return lost;
  }
}

package io.switchboard.exchange;

/** What a producing node does with an entry when its buffer is full. */
public enum Overflow {
  /** The new entry is refused with OVERLOADED. */
  REFUSE,
  /** The oldest entry that is not on its way yet gives way, and is counted. */
  DROP_OLDEST
}

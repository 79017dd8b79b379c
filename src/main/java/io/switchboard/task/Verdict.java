package io.switchboard.task;

/** What a worker says of a task in hand; the ordinal travels between nodes. */
enum Verdict {
  /** Done. */
  ACK,
  /** The attempt failed: again after the exchange's pause, or a dead letter. */
  FAIL,
  /** The attempt failed: again after the given time. */
  REQUEUE,
  /** No further attempt. */
  BURY,
  /** It was not begun; the attempt does not count. */
  RETURN,
  /** A longer lease; no verdict yet. */
  EXTEND;

  private static final Verdict[] ALL = values();

  /** Null for a number that this version does not know. */
  static Verdict of(int number) {
    return number < ALL.length ? ALL[number] : null;
  }
}

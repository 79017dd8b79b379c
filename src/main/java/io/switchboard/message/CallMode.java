package io.switchboard.message;

/**
 * How a call may go on beyond one question and one answer; it travels with the call. The order
 * is part of the protocol.
 */
public enum CallMode {
  /** One answer, and nothing more is said about it. */
  PLAIN,
  /** One answer, but the caller may cancel. */
  CANCELLABLE,
  /** The answer may come in chunks; the caller grants credit, and may cancel. */
  STREAM,
  /** A stream without an end in time: what remains counts anew from each sign of life. */
  LONG_STREAM,
  /** The worker may ask back; the caller answers, and may cancel. */
  DIALOGUE;

  private static final CallMode[] VALUES = values();

  /** True when either side may say more than the question and its answer. */
  public boolean isConversation() {
    return this != PLAIN;
  }

  /** True when the answer may come in chunks. */
  public boolean isStream() {
    return this == STREAM || this == LONG_STREAM;
  }

  /** The mode that stands in a call's flags. */
  public static CallMode ofFlags(int flags) {
    int number = flags >>> Frames.MODE_SHIFT & 7;
    if (number >= VALUES.length) {
      throw new MalformedFrame("call mode " + number);
    }
    return VALUES[number];
  }
}

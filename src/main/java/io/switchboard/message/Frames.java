package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * Writes the frames that carry messages: a four-byte length of what follows, a kind byte, the
 * kind's own fields. {@link FrameReader} reads them. All integers are big-endian.
 *
 * <pre>
 * CALL    flags, worker (8), correlation (8), remaining ms (4), [key], [headers], body
 * REPLY   correlation (8), flags, [headers], body
 * FAILURE correlation (8), code, message
 * EVENT   exchange, key, flags, [headers], body
 * </pre>
 */
public final class Frames {
  public static final byte CALL = 1;
  public static final byte REPLY = 2;
  public static final byte FAILURE = 3;
  public static final byte EVENT = 4;

  /** Flag of a call: nobody waits for an answer. */
  public static final int ONE_WAY = 1;
  /** Flag of a call: a balancing key stands in the frame. */
  public static final int WITH_KEY = 2;
  /** Flag: headers stand in the frame. */
  public static final int WITH_HEADERS = 4;
  /** The bits in which a call says how the conversation may go on: {@link CallMode}. */
  static final int MODE_SHIFT = 3;

  private static final int FIXED_FIELDS = 32;
  static final int MAX_FAILURE_TEXT = 4_096;

  private Frames() {
  }

  /**
   * An upper bound of the bytes that a frame with these fields takes; Integer.MAX_VALUE for
   * one too large for any frame.
   */
  public static int sizeBound(String exchange, String key, Headers headers, Object prepared) {
    long texts = (exchange == null ? 0 : exchange.length()) + (key == null ? 0 : key.length());
    long bound = FIXED_FIELDS + 3 * texts + headers.sizeBound() + Body.sizeBound(prepared);
    return (int) Math.min(bound, Integer.MAX_VALUE);
  }

  /** @param correlation ignored by the receiver when one-way */
  public static void appendCall(Buffer out, boolean oneWay, CallMode mode, long worker,
    long correlation, int remainingMillis, String key, Headers headers, Object prepared) {
    int start = begin(out, CALL);
    out.appendByte((byte) ((oneWay ? ONE_WAY : 0) | (key == null ? 0 : WITH_KEY)
      | headerFlag(headers) | mode.ordinal() << MODE_SHIFT));
    out.appendLong(worker).appendLong(correlation).appendInt(remainingMillis);
    if (key != null) {
      Text.appendShort(out, key);
    }
    appendContent(out, start, headers, prepared);
  }

  public static void appendReply(
    Buffer out, long correlation, Headers headers, Object prepared) {
    int start = begin(out, REPLY);
    out.appendLong(correlation).appendByte((byte) headerFlag(headers));
    appendContent(out, start, headers, prepared);
  }

  public static void appendFailure(
    Buffer out, long correlation, FailureCode code, String message) {
    int start = begin(out, FAILURE);
    out.appendLong(correlation).appendByte((byte) code.number());
    Text.appendShort(out, Text.truncated(message == null ? "" : message, MAX_FAILURE_TEXT));
    out.setInt(start, out.length() - start - 4);
  }

  public static void appendEvent(
    Buffer out, String exchange, String key, Headers headers, Object prepared) {
    int start = begin(out, EVENT);
    Text.appendShort(out, exchange);
    Text.appendShort(out, key);
    out.appendByte((byte) headerFlag(headers));
    appendContent(out, start, headers, prepared);
  }

  static int begin(Buffer out, byte kind) {
    int start = out.length();
    out.appendInt(0).appendByte(kind);
    return start;
  }

  static int headerFlag(Headers headers) {
    return headers.isEmpty() ? 0 : WITH_HEADERS;
  }

  static void appendContent(Buffer out, int start, Headers headers, Object prepared) {
    if (!headers.isEmpty()) {
      headers.writeTo(out);
    }
    Body.append(out, prepared);
    var tail = Body.tail(prepared);
    out.setInt(start, out.length() - start - 4 + (tail == null ? 0 : tail.length()));
  }
}

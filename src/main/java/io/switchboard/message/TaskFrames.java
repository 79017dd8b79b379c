package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * Writes the frames of task exchanges, in the form that {@link Frames} describes. A task's
 * content (headers and body) is opaque to all but the submitter and the worker.
 *
 * <pre>
 * SUBMIT  exchange, correlation (8), id (16), flags, priority, delay ms (8), deadline ms (8),
 *         [key], [idempotency key], content
 * VERDICT exchange, correlation (8), id (16), token (8), verdict, flags, ms (8), reason
 * ASK     exchange, correlation (8), JSON text
 * ATTACH  exchange, correlation (8), worker (8), flags, round (8), prefetch (4), ack ms (8),
 *         count (4), for each task in hand: id (16), token (8), attempt (4), lease ms (8)
 * DETACH  exchange, correlation (8), worker (8), flags
 * OUTCOME correlation (8), code, answer
 * TASK    worker (8), id (16), token (8), attempt (4), priority, lease ms (8), flags, [key],
 *         content
 * OWNED   exchange, round (8)
 * ROLL    exchange, round (8), workers (4)
 * FILLED  worker (8), round (8)
 * LEASE   worker (8), token (8), lease ms (8), 0 when it is over
 * </pre>
 */
public final class TaskFrames {
  public static final byte SUBMIT = 30;
  public static final byte VERDICT = 31;
  public static final byte ASK = 32;
  public static final byte ATTACH = 33;
  public static final byte DETACH = 34;
  public static final byte OUTCOME = 35;
  public static final byte TASK = 36;
  public static final byte OWNED = 37;
  public static final byte ROLL = 38;
  public static final byte FILLED = 39;
  public static final byte LEASE = 40;

  /** Flag: a task key stands in the frame. */
  public static final int WITH_KEY = 1;
  /** Flag: an idempotency key stands in the frame. */
  public static final int WITH_IDEMPOTENCY_KEY = 2;
  /** Flag: the same was sent before, perhaps to another owner. */
  public static final int AGAIN = 4;
  /** Flag of an attachment: it takes what is there once, and no more after that. */
  public static final int ONCE = 8;
  /** Flag of a detachment: what is in hand stays there. */
  public static final int KEEP = 16;
  /** Flag of an attachment: it takes no more; what is in hand stays there. */
  public static final int CLOSED = 64;
  /** Flag of a verdict: the place where the task is in hand does not know of it. */
  public static final int BY_TOKEN = 128;
  /** Flag of a verdict: the lease may have passed to somebody else before it was spoken. */
  public static final int DOUBTFUL = 32;

  /** More than the fixed fields of any of these frames. */
  private static final int FIXED_FIELDS = 96;
  private static final int MAX_TEXT = 1_024;

  private TaskFrames() {
  }

  /** True for the kinds that are written here. */
  public static boolean isKind(byte kind) {
    return kind >= SUBMIT && kind <= LEASE;
  }

  /** What a task carries, as it is stored. Throws BAD_REQUEST for what cannot travel. */
  public static byte[] content(Headers headers, Object body) {
    var prepared = Body.prepare(body);
    var out = Buffer.buffer(
      (int) Math.min(1 << 16, 2 + headers.sizeBound() + Body.sizeBound(prepared)));
    out.appendByte((byte) (headers.isEmpty() ? 0 : Frames.WITH_HEADERS));
    if (!headers.isEmpty()) {
      headers.writeTo(out);
    }
    Body.append(out, prepared);
    return out.getBytes();
  }

  /** The headers of a content that the reader stands at; {@link FrameReader#readBody} is next. */
  public static Headers readHeaders(FrameReader in) {
    return in.readByte() == 0 ? Headers.NONE : in.readHeaders();
  }

  /** An upper bound of the bytes that a frame with these variable fields takes. */
  public static int sizeBound(String exchange, String key, String second, int rest) {
    long texts = (exchange == null ? 0 : exchange.length()) + (key == null ? 0 : key.length())
      + (second == null ? 0 : Math.min(MAX_TEXT, second.length()));
    return (int) Math.min(Integer.MAX_VALUE, FIXED_FIELDS + 3 * texts + rest);
  }

  /** Begins a frame; returns what {@link #end} wants. */
  public static int begin(Buffer out, byte kind) {
    int start = out.length();
    out.appendInt(0).appendByte(kind);
    return start;
  }

  /** Writes the length of the frame that was begun there. */
  public static void end(Buffer out, int start) {
    out.setInt(start, out.length() - start - 4);
  }

  /** Text with its length before it. */
  public static void text(Buffer out, String text) {
    Text.appendShort(out, text);
  }

  /** Text for people, cut where it is long; null is empty. */
  public static void reason(Buffer out, String text) {
    Text.appendShort(out, Text.truncated(text == null ? "" : text, MAX_TEXT));
  }
}

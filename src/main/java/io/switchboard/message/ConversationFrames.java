package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * The frames of a call that goes on beyond one question and one answer. A conversation is known
 * to both sides by the caller's node and lane and the call's correlation. The call itself and
 * its last answer are the frames of {@link Frames}.
 *
 * <pre>
 * CANCEL   correlation (8)                                            caller to worker
 * CREDIT   correlation (8), chunks (4), bytes (4)                     caller to worker
 * CHUNK    correlation (8), number (4), weight (4), body              worker to caller
 * END      correlation (8), number of chunks (4)                      worker to caller
 * QUESTION correlation (8), step (4), remaining ms (4), flags, [headers], body
 *                                                                     worker to caller
 * ANSWER   correlation (8), step (4), flags, [headers], body          caller to worker
 * REFUSAL  correlation (8), step (4), code, message                   caller to worker
 * </pre>
 */
public final class ConversationFrames {
  public static final byte CANCEL = 10;
  public static final byte CREDIT = 11;
  public static final byte CHUNK = 12;
  public static final byte END = 13;
  public static final byte QUESTION = 14;
  public static final byte ANSWER = 15;
  public static final byte REFUSAL = 16;

  private ConversationFrames() {
  }

  /** The caller wants nothing more. */
  public static void appendCancel(Buffer out, long correlation) {
    int start = Frames.begin(out, CANCEL);
    out.appendLong(correlation);
    finish(out, start);
  }

  /** So much more may be sent than was allowed before. */
  public static void appendCredit(Buffer out, long correlation, int chunks, int bytes) {
    int start = Frames.begin(out, CREDIT);
    out.appendLong(correlation).appendInt(chunks).appendInt(bytes);
    finish(out, start);
  }

  /** @param weight what the chunk takes of the credit in bytes */
  public static void appendChunk(
    Buffer out, long correlation, int number, int weight, Object prepared) {
    int start = Frames.begin(out, CHUNK);
    out.appendLong(correlation).appendInt(number).appendInt(weight);
    Frames.appendContent(out, start, Headers.NONE, prepared);
  }

  /** The orderly end of a stream of so many chunks. */
  public static void appendEnd(Buffer out, long correlation, int chunks) {
    int start = Frames.begin(out, END);
    out.appendLong(correlation).appendInt(chunks);
    finish(out, start);
  }

  public static void appendQuestion(Buffer out, long correlation, int step,
    int remainingMillis, Headers headers, Object prepared) {
    int start = Frames.begin(out, QUESTION);
    out.appendLong(correlation).appendInt(step).appendInt(remainingMillis)
      .appendByte((byte) Frames.headerFlag(headers));
    Frames.appendContent(out, start, headers, prepared);
  }

  public static void appendAnswer(
    Buffer out, long correlation, int step, Headers headers, Object prepared) {
    int start = Frames.begin(out, ANSWER);
    out.appendLong(correlation).appendInt(step).appendByte((byte) Frames.headerFlag(headers));
    Frames.appendContent(out, start, headers, prepared);
  }

  /** The caller has no answer to the question. */
  public static void appendRefusal(
    Buffer out, long correlation, int step, FailureCode code, String message) {
    int start = Frames.begin(out, REFUSAL);
    out.appendLong(correlation).appendInt(step).appendByte((byte) code.number());
    Text.appendShort(out, Text.truncated(
      message == null ? "" : message, Frames.MAX_FAILURE_TEXT));
    finish(out, start);
  }

  private static void finish(Buffer out, int start) {
    out.setInt(start, out.length() - start - 4);
  }
}

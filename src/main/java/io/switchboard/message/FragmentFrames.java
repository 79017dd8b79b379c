package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * Frames of the trunk's own: the pieces of a frame that is too large to travel whole, what a
 * worker's node says of one-way messages, and the fence behind all that was sent before it.
 * Written and bounded like those of {@link Frames}.
 *
 * <pre>
 * BEGIN    message number, length of the whole frame, its first bytes
 * PART     message number, its next bytes; it is complete when the announced length is there
 * FENCE    number, 1 when it answers one of that number
 * FINISHED worker (8), how many one-way messages of this sender it has done with in all
 * </pre>
 */
public final class FragmentFrames {
  public static final byte BEGIN = 5;
  public static final byte PART = 6;
  public static final byte FENCE = 7;
  public static final byte FINISHED = 8;

  /** The most bytes of a large frame in one piece. */
  public static final int MAX_PIECE = 64 << 10;
  /** The largest frame that is put together: a body of the largest size, headers and fields. */
  public static final int MAX_FRAME = Body.MAX_BYTES + (128 << 10);
  /** How much longer than its piece such a frame is at most. */
  public static final int OVERHEAD = 13;

  private FragmentFrames() {
  }

  /**
   * One piece of a frame that consists of a head and, unless null, a body behind it.
   *
   * @param position where the piece begins in the whole
   * @param length   how long it is
   */
  public static void appendPiece(
    Buffer out, int number, Buffer head, Buffer body, int position, int length) {
    int total = head.length() + (body == null ? 0 : body.length());
    if (position == 0) {
      out.appendInt(1 + 8 + length).appendByte(BEGIN).appendInt(number).appendInt(total);
    } else {
      out.appendInt(1 + 4 + length).appendByte(PART).appendInt(number);
    }
    int fromHead = Math.max(0, Math.min(length, head.length() - position));
    if (fromHead > 0) {
      out.appendBuffer(head, position, fromHead);
    }
    if (fromHead < length) {
      out.appendBuffer(body, position + fromHead - head.length(), length - fromHead);
    }
  }

  public static void appendFence(Buffer out, int number, boolean answer) {
    out.appendInt(1 + 4 + 1).appendByte(FENCE).appendInt(number)
      .appendByte((byte) (answer ? 1 : 0));
  }

  public static void appendFinished(Buffer out, long worker, int total) {
    out.appendInt(1 + 8 + 4).appendByte(FINISHED).appendLong(worker).appendInt(total);
  }
}

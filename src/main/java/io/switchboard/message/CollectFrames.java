package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * Writes the frames of collect exchanges, as {@link Frames} does those of the others.
 *
 * <pre>
 * ENTRY collector (8), epoch (8), number (8), dropped before (8), flags, [headers], body
 * TAKEN exchange, epoch (8), number (8)
 * </pre>
 *
 * What an entry says, from its flags on, is written once when it is emitted, and kept so.
 */
public final class CollectFrames {
  public static final byte ENTRY = 20;
  public static final byte TAKEN = 21;

  private static final int HEADER = 4 + 1 + 4 * 8;
  private static final int EXPECTED_BODY = 128;

  private CollectFrames() {
  }

  /** True for the kinds that are written here. */
  public static boolean isKind(byte kind) {
    return kind == ENTRY || kind == TAKEN;
  }

  /** Writes what an entry says. Throws BAD_REQUEST for a body that cannot travel. */
  public static Buffer content(Object body, Headers headers) {
    var prepared = Body.prepare(body);
    long expected = prepared instanceof String text ? text.length() + 2
      : Math.min(Body.sizeBound(prepared), 1 << 20) + 1;
    var out = Buffer.buffer((int) Math.min(headers.isEmpty() ? expected
      : expected + EXPECTED_BODY, 1 << 20));
    out.appendByte((byte) (headers.isEmpty() ? 0 : Frames.WITH_HEADERS));
    if (!headers.isEmpty()) {
      headers.writeTo(out);
    }
    Body.append(out, prepared);
    return out;
  }

  /** How many bytes the frame of an entry takes. */
  public static int entrySize(Buffer content) {
    return HEADER + content.length();
  }

  /** @param dropped how many entries of the same node were dropped before this one */
  public static void appendEntry(
    Buffer out, long collector, long epoch, long number, long dropped, Buffer content) {
    out.appendInt(HEADER - 4 + content.length()).appendByte(ENTRY).appendLong(collector)
      .appendLong(epoch).appendLong(number).appendLong(dropped).appendBuffer(content);
  }

  /** Says that everything up to that number was taken. */
  public static void appendTaken(Buffer out, String exchange, long epoch, long number) {
    int start = out.length();
    out.appendInt(0).appendByte(TAKEN);
    Text.appendShort(out, exchange);
    out.appendLong(epoch).appendLong(number);
    out.setInt(start, out.length() - start - 4);
  }

  /** The headers of an entry; its body follows. */
  public static Headers readHeaders(FrameReader content) {
    return (content.readUnsignedByte() & Frames.WITH_HEADERS) != 0
      ? content.readHeaders() : Headers.NONE;
  }
}

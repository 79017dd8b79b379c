package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * The frames of a topic beyond the plain event of {@link Frames}.
 *
 * <pre>
 * GROUP_EVENT exchange, group, key, count (1), nodes tried (8 each), flags, [headers], body
 * KEPT_EVENT  exchange, key, stamp (8), origin (8), flags, [headers], body
 * KEPT_ASK    exchange, digest (8)
 * KEPT_VALUE  as KEPT_EVENT
 * KEPT_END    exchange
 * </pre>
 */
public final class TopicFrames {
  public static final byte GROUP_EVENT = 25;
  /** An event of a topic whose values are retained. */
  public static final byte KEPT_EVENT = 26;
  /** Asks for the retained values unless they are those of the digest. */
  public static final byte KEPT_ASK = 27;
  /** A retained value for who has asked. */
  public static final byte KEPT_VALUE = 28;
  /** The end of the values that were asked for. */
  public static final byte KEPT_END = 29;

  /** The most nodes that an event for a group tries. */
  public static final int MAX_TRIED = 8;

  private TopicFrames() {
  }

  /** True for the kinds that are written here, and for the plain event. */
  public static boolean isKind(byte kind) {
    return kind == Frames.EVENT || kind >= GROUP_EVENT && kind <= KEPT_END;
  }

  /** An upper bound of the bytes of a frame, or Integer.MAX_VALUE. */
  public static int sizeBound(
    String exchange, String group, String key, Headers headers, Object prepared) {
    long bound = Frames.sizeBound(exchange, key, headers, prepared) + 3L * group.length() + 2
      + 8 * MAX_TRIED;
    return (int) Math.min(bound, Integer.MAX_VALUE);
  }

  /** An upper bound of the bytes of a frame without a body. */
  public static int sizeBound(String exchange) {
    return Frames.sizeBound(exchange, null, Headers.NONE, null);
  }

  /**
   * An event for one member of a group.
   *
   * @param tried the incarnations of the nodes on which no member had room
   */
  public static void appendGroupEvent(Buffer out, String exchange, String group, String key,
    long[] tried, Headers headers, Object prepared) {
    int start = Frames.begin(out, GROUP_EVENT);
    Text.appendShort(out, exchange);
    Text.appendShort(out, group);
    Text.appendShort(out, key);
    out.appendByte((byte) tried.length);
    for (long node : tried) {
      out.appendLong(node);
    }
    out.appendByte((byte) Frames.headerFlag(headers));
    Frames.appendContent(out, start, headers, prepared);
  }

  /** @param kind KEPT_EVENT or KEPT_VALUE */
  public static void appendKept(Buffer out, byte kind, String exchange, String key, long stamp,
    long origin, Headers headers, Object prepared) {
    int start = Frames.begin(out, kind);
    Text.appendShort(out, exchange);
    Text.appendShort(out, key);
    out.appendLong(stamp).appendLong(origin).appendByte((byte) Frames.headerFlag(headers));
    Frames.appendContent(out, start, headers, prepared);
  }

  public static void appendAsk(Buffer out, String exchange, long digest) {
    int start = Frames.begin(out, KEPT_ASK);
    Text.appendShort(out, exchange);
    out.appendLong(digest);
    out.setInt(start, out.length() - start - 4);
  }

  public static void appendEnd(Buffer out, String exchange) {
    int start = Frames.begin(out, KEPT_END);
    Text.appendShort(out, exchange);
    out.setInt(start, out.length() - start - 4);
  }

  /** The nodes tried; throws MalformedFrame for too many. */
  public static long[] readTried(FrameReader frame) {
    int count = frame.readUnsignedByte();
    if (count > MAX_TRIED) {
      throw new MalformedFrame(count + " nodes tried");
    }
    var tried = new long[count];
    for (int i = 0; i < count; i++) {
      tried[i] = frame.readLong();
    }
    return tried;
  }
}

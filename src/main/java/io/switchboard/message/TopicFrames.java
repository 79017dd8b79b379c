package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * The frames of a topic beyond the plain event of {@link Frames}.
 *
 * <pre>
 * GROUP_EVENT exchange, group, key, count (1), nodes tried (8 each), flags, [headers], body
 * </pre>
 */
public final class TopicFrames {
  public static final byte GROUP_EVENT = 25;

  /** The most nodes that an event for a group tries. */
  public static final int MAX_TRIED = 8;

  private TopicFrames() {
  }

  /** An upper bound of the bytes of a frame, or Integer.MAX_VALUE. */
  public static int sizeBound(
    String exchange, String group, String key, Headers headers, Object prepared) {
    long bound = Frames.sizeBound(exchange, key, headers, prepared) + 3L * group.length() + 2
      + 8 * MAX_TRIED;
    return (int) Math.min(bound, Integer.MAX_VALUE);
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

package io.switchboard.trunk;

import io.switchboard.message.FragmentFrames;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The frames of one channel that are too large to travel whole, and those that must not pass
 * one of them. They leave in order, a piece at a time, between the batches of small frames.
 * Bounded in bytes and count. On one lane's thread.
 */
final class LargeFrames {
  /** Frames up to this size travel whole: a body of 64 KiB with its key and some headers. */
  static final int WHOLE = 65 << 10;
  /** The most bytes that wait here; one frame alone may always. */
  static final int MAX_BYTES = FragmentFrames.MAX_FRAME;

  private final int maxCount;
  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  /** How many frames of each order wait here. */
  private final Map<Long, Integer> orders = new HashMap<>();
  private long bytes;
  private int number;

  private static final class Entry {
    private final Buffer head;
    private final Buffer body;
    private final long order;
    private final long frame;
    private final int length;
    private int position;

    Entry(Buffer head, Buffer body, long order, long frame) {
      this.head = head;
      this.body = body;
      this.order = order;
      this.frame = frame;
      this.length = head.length() + (body == null ? 0 : body.length());
    }
  }

  LargeFrames(int maxCount) {
    this.maxCount = maxCount;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  boolean hasRoom(int length) {
    return queue.isEmpty() || bytes + length <= MAX_BYTES && queue.size() < maxCount;
  }

  /** True while a frame of that order waits here, which others must not pass. */
  boolean holds(long order) {
    return !queue.isEmpty() && orders.containsKey(order);
  }

  /**
   * @param body  follows the head; null when the head is all
   * @param frame the channel's number of it
   */
  void add(Buffer head, Buffer body, long order, long frame) {
    var entry = new Entry(head, body, order, frame);
    queue.add(entry);
    bytes += entry.length;
    orders.merge(order, 1, Integer::sum);
  }

  /** How long the next piece is. */
  int nextLength() {
    var entry = queue.peek();
    return Math.min(FragmentFrames.MAX_PIECE, entry.length - entry.position);
  }

  /** Moves the next piece to a batch; returns the number of the frame it is of. */
  long appendNext(Buffer batch) {
    var entry = queue.peek();
    int length = nextLength();
    if (entry.position == 0) {
      number++;
    }
    FragmentFrames.appendPiece(
      batch, number, entry.head, entry.body, entry.position, length);
    entry.position += length;
    bytes -= length;
    if (entry.position == entry.length) {
      queue.remove();
      orders.computeIfPresent(entry.order, (order, count) -> count == 1 ? null : count - 1);
    }
    return entry.frame;
  }

  /** What waits here. */
  long bytes() {
    return bytes;
  }

  void clear() {
    queue.clear();
    orders.clear();
    bytes = 0;
  }
}

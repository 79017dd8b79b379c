package io.switchboard.bridge;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits for one slow client. Bounded in frames and bytes: an event beyond the bounds is
 * lost and counted for its source, and the count takes its place in the order. Belongs to one
 * thread.
 */
final class OutgoingQueue {
  /** Writes down how many events of a source were lost. */
  interface GapFrame {
    Buffer of(String source, long lost);
  }

  private final int maxFrames;
  private final int maxBytes;
  private final GapFrame gapFrame;
  private final ArrayDeque<Buffer> frames = new ArrayDeque<>();
  private final Map<String, Long> lost = new LinkedHashMap<>();
  private long bytes;

  OutgoingQueue(int maxFrames, int maxBytes, GapFrame gapFrame) {
    this.maxFrames = maxFrames;
    this.maxBytes = maxBytes;
    this.gapFrame = gapFrame;
  }

  /** Adds an event, or counts it as lost. */
  void offerEvent(String source, Buffer frame) {
    if (!hasRoomFor(frame)) {
      lost(source, 1);
      return;
    }
    var gap = lost.remove(source);
    if (gap != null) {
      add(gapFrame.of(source, gap));
    }
    add(frame);
  }

  /** Counts events of a source that never came here. */
  void lost(String source, long events) {
    lost.merge(source, events, Long::sum);
  }

  /** Adds what must not be lost, such as a reply; false when there is no room. */
  boolean offer(Buffer frame) {
    if (!hasRoomFor(frame)) {
      return false;
    }
    add(frame);
    return true;
  }

  /** The next frame; null when nothing waits. Gaps still unreported come at the end. */
  Buffer poll() {
    var frame = frames.poll();
    if (frame != null) {
      bytes -= frame.length();
      return frame;
    }
    var gaps = lost.entrySet().iterator();
    if (!gaps.hasNext()) {
      return null;
    }
    var gap = gaps.next();
    gaps.remove();
    return gapFrame.of(gap.getKey(), gap.getValue());
  }

  /** Forgets a source's losses: nobody is left to hear of them. */
  void forget(String source) {
    lost.remove(source);
  }

  void clear() {
    frames.clear();
    lost.clear();
    bytes = 0;
  }

  /** A frame larger than the whole bound may travel alone. */
  private boolean hasRoomFor(Buffer frame) {
    return frames.size() < maxFrames
      && (frames.isEmpty() || bytes + frame.length() <= maxBytes);
  }

  private void add(Buffer frame) {
    frames.add(frame);
    bytes += frame.length();
  }
}

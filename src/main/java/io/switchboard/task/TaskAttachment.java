package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.switchboard.message.Span;
import io.switchboard.message.TaskFrames;
import java.util.ArrayList;
import java.util.List;

/** A worker as it presents itself to the queue's owner. */
record TaskAttachment(long worker, int flags, long round, int prefetch,
  long ackTimeoutMillis, List<Held> held) {

  private static final int HELD_BYTES = 36;

  /** A task that it has in hand. */
  record Held(TaskId id, long token, int attempt, long leaseMillis) {
  }

  static TaskAttachment read(FrameReader frame) {
    long worker = frame.readLong();
    int flags = frame.readUnsignedByte();
    long round = frame.readLong();
    int prefetch = frame.readInt();
    long ackTimeout = Math.max(1, Span.bounded(frame.readLong()));
    int count = frame.readInt();
    if (count < 0 || count > frame.remaining() / HELD_BYTES) {
      throw new MalformedFrame(count + " tasks in hand");
    }
    var held = new ArrayList<Held>(count);
    for (int i = 0; i < count; i++) {
      held.add(new Held(new TaskId(frame.readLong(), frame.readLong()), frame.readLong(),
        frame.readInt(), Math.max(1, Span.bounded(frame.readLong()))));
    }
    return new TaskAttachment(worker, flags, round, prefetch, ackTimeout, held);
  }

  /** It takes what is there once. */
  boolean isOnce() {
    return (flags & TaskFrames.ONCE) != 0;
  }

  /** It takes no more. */
  boolean isClosed() {
    return (flags & TaskFrames.CLOSED) != 0;
  }
}

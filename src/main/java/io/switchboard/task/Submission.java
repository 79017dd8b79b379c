package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.Span;
import io.switchboard.message.TaskFrames;

/** A task as it arrives at the queue's owner. */
record Submission(TaskId id, boolean again, int priority, long delayMillis, long deadlineMillis,
  String key, String idempotencyKey, byte[] content) {

  static Submission read(FrameReader frame) {
    var id = new TaskId(frame.readLong(), frame.readLong());
    int flags = frame.readUnsignedByte();
    int priority = Math.min(SubmitOptions.HIGHEST_PRIORITY, frame.readUnsignedByte());
    long delay = Span.bounded(frame.readLong());
    long deadline = Math.min(Span.LONGEST.toMillis(), frame.readLong());
    var key = (flags & TaskFrames.WITH_KEY) != 0 ? frame.readText() : null;
    var idempotencyKey =
      (flags & TaskFrames.WITH_IDEMPOTENCY_KEY) != 0 ? frame.readText() : null;
    return new Submission(id, (flags & TaskFrames.AGAIN) != 0, priority, delay, deadline, key,
      idempotencyKey, frame.readRestBytes());
  }

  long hash() {
    return hash(content);
  }

  /** Tells different contents apart: FNV-1a over all bytes. */
  static long hash(byte[] content) {
    long hash = 0xCBF29CE484222325L;
    for (byte each : content) {
      hash = (hash ^ each & 0xFF) * 0x100000001B3L;
    }
    return hash;
  }
}

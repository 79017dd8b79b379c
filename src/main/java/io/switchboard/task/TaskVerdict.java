package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.switchboard.message.Span;
import io.switchboard.message.TaskFrames;

/** What was said of a task in hand, as it arrives at the queue's owner. */
record TaskVerdict(
  TaskId id, long token, Verdict verdict, int flags, long millis, String reason) {

  static TaskVerdict read(FrameReader frame) {
    var id = new TaskId(frame.readLong(), frame.readLong());
    long token = frame.readLong();
    var verdict = Verdict.of(frame.readUnsignedByte());
    if (verdict == null) {
      throw new MalformedFrame("an unknown verdict");
    }
    int flags = frame.readUnsignedByte();
    return new TaskVerdict(
      id, token, verdict, flags, Span.bounded(frame.readLong()), frame.readText());
  }

  /** It was said before, and may have been heard. */
  boolean isRepeated() {
    return (flags & TaskFrames.AGAIN) != 0;
  }

  /** The place where the task is in hand does not know of it. */
  boolean isByToken() {
    return (flags & TaskFrames.BY_TOKEN) != 0;
  }

  /** Who said it cannot know whether he had the task in hand then. */
  boolean isDoubtful() {
    return (flags & TaskFrames.DOUBTFUL) != 0;
  }
}

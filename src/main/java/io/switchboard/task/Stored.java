package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How tasks stand in the store: a segment is one frame after another, each the record of a task,
 * or a mark on one of the records before it. Marks that are there twice say no more than once.
 */
final class Stored {
  private static final byte RECORD = 1;
  private static final byte ACKED = 2;
  private static final byte FAILED = 3;
  private static final byte DIED = 4;
  private static final byte REVIVED = 5;
  private static final int DEAD = 4;
  /** The length and the kind of a record or mark. */
  private static final int HEAD_BYTES = 5;

  private Stored() {
  }

  static void record(Buffer out, TaskEntry entry) {
    int start = TaskFrames.begin(out, RECORD);
    int flags = (entry.key == null ? 0 : TaskFrames.WITH_KEY)
      | (entry.idempotencyKey == null ? 0 : TaskFrames.WITH_IDEMPOTENCY_KEY)
      | (entry.state == TaskEntry.State.DEAD ? DEAD : 0);
    out.appendLong(entry.sequence).appendLong(entry.id.node()).appendLong(entry.id.number())
      .appendByte((byte) flags).appendByte((byte) entry.priority)
      .appendLong(entry.notBefore).appendLong(entry.expires).appendInt(entry.attempts)
      .appendByte((byte) entry.reasons.size());
    if (entry.key != null) {
      TaskFrames.text(out, entry.key);
    }
    if (entry.idempotencyKey != null) {
      TaskFrames.text(out, entry.idempotencyKey);
      out.appendLong(entry.submittedAt);
    }
    entry.reasons.forEach(reason -> TaskFrames.reason(out, reason));
    out.appendBytes(entry.content);
    TaskFrames.end(out, start);
  }

  /** What makes an entry out of what was stored of it; the queue adds its timer. */
  @FunctionalInterface
  interface Maker {
    TaskEntry make(TaskId id, int priority, String key, long notBefore, long expires,
      byte[] content);
  }

  /** The tasks of a segment as the marks leave them: null for one that is done. */
  static List<TaskEntry> read(byte[] segment, Maker maker) {
    var reader = new FrameReader();
    reader.reset(Buffer.buffer(segment), 0);
    var entries = new ArrayList<TaskEntry>();
    for (byte kind = reader.nextFrame(); kind != 0; kind = reader.nextFrame()) {
      if (kind == RECORD) {
        entries.add(readRecord(reader, maker));
      } else {
        readMark(kind, reader, entries);
      }
    }
    return entries;
  }

  private static TaskEntry readRecord(FrameReader reader, Maker maker) {
    int bytes = HEAD_BYTES + reader.remaining();
    long sequence = reader.readLong();
    var id = new TaskId(reader.readLong(), reader.readLong());
    int flags = reader.readUnsignedByte();
    int priority = reader.readUnsignedByte();
    long notBefore = reader.readLong();
    long expires = reader.readLong();
    int attempts = reader.readInt();
    int count = reader.readUnsignedByte();
    var key = (flags & TaskFrames.WITH_KEY) != 0 ? reader.readText() : null;
    boolean isIdempotent = (flags & TaskFrames.WITH_IDEMPOTENCY_KEY) != 0;
    var idempotencyKey = isIdempotent ? reader.readText() : null;
    long submittedAt = isIdempotent ? reader.readLong() : 0;
    var reasons = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      reasons.add(reader.readText());
    }
    var entry = maker.make(id, priority, key, notBefore, expires, reader.readRestBytes());
    entry.sequence = sequence;
    entry.idempotencyKey = idempotencyKey;
    entry.submittedAt = submittedAt;
    entry.attempts = attempts;
    entry.reasons = reasons;
    entry.recordBytes = bytes;
    entry.state = (flags & DEAD) != 0 ? TaskEntry.State.DEAD : TaskEntry.State.STORING;
    return entry;
  }

  static void acked(Buffer out, int index) {
    int start = TaskFrames.begin(out, ACKED);
    out.appendInt(index);
    TaskFrames.end(out, start);
  }

  /** An attempt in vain; the entry shows what follows from it. */
  static void failed(Buffer out, int index, int attempts, long notBefore, String reason) {
    int start = TaskFrames.begin(out, FAILED);
    out.appendInt(index).appendInt(attempts).appendLong(notBefore);
    TaskFrames.reason(out, reason);
    TaskFrames.end(out, start);
  }

  static void died(Buffer out, int index, int attempts, String reason) {
    int start = TaskFrames.begin(out, DIED);
    out.appendInt(index).appendInt(attempts);
    TaskFrames.reason(out, reason);
    TaskFrames.end(out, start);
  }

  /** A dead letter begins anew, behind all that has a smaller sequence. */
  static void revived(Buffer out, TaskEntry entry) {
    int start = TaskFrames.begin(out, REVIVED);
    out.appendInt(entry.index).appendLong(entry.sequence);
    TaskFrames.end(out, start);
  }

  private static void readMark(byte kind, FrameReader reader, List<TaskEntry> entries) {
    int index = reader.readInt();
    var entry = entries.get(index);
    if (entry == null) {
      return;
    }
    switch (kind) {
      case ACKED -> entries.set(index, null);
      case FAILED -> {
        int attempts = reader.readInt();
        entry.notBefore = reader.readLong();
        attempt(entry, attempts, reader.readText());
      }
      case DIED -> {
        int attempts = reader.readInt();
        attempt(entry, attempts, reader.readText());
        entry.state = TaskEntry.State.DEAD;
      }
      case REVIVED -> {
        entry.sequence = reader.readLong();
        revive(entry);
      }
      default -> throw new IllegalStateException("a mark of kind " + kind);
    }
  }

  private static void attempt(TaskEntry entry, int attempts, String reason) {
    boolean isRepeated = entry.attempts == attempts && !entry.reasons.isEmpty()
      && entry.reasons.get(entry.reasons.size() - 1).equals(reason);
    if (!isRepeated) {
      entry.addReason(reason);
    }
    entry.attempts = attempts;
  }

  /** A dead letter begins anew; its deadline may be what it died of. */
  static void revive(TaskEntry entry) {
    entry.state = TaskEntry.State.STORING;
    entry.attempts = 0;
    entry.notBefore = 0;
    entry.expires = 0;
    entry.reasons = List.of();
  }
}

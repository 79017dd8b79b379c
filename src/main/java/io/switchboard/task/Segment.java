package io.switchboard.task;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** One batch of tasks as it is stored: what of it is still wanted, what is to be noted. */
final class Segment {
  private static final int MAX_MARK_BYTES = 64 * 1024;

  final Slot slot;
  private final TaskEntry[] entries;
  private int live;
  private int markBytes;
  /** Marks that the next write takes along; null for none. */
  Buffer marks;

  /** @param entries by their index; null where a task is done already */
  Segment(Slot slot, TaskEntry[] entries) {
    this.slot = slot;
    this.entries = entries;
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] != null) {
        entries[i].segment = this;
        entries[i].index = i;
        live++;
      }
    }
  }

  int live() {
    return live;
  }

  int size() {
    return entries.length;
  }

  /** More was noted of its tasks than is worth carrying along. */
  boolean isHeavy() {
    return markBytes > MAX_MARK_BYTES;
  }

  /** Counts what was noted; true when it has become heavy. */
  boolean marked(int bytes) {
    markBytes += bytes;
    return isHeavy();
  }

  /** The task is wanted no more. */
  void done(TaskEntry entry) {
    if (entries[entry.index] == entry) {
      entries[entry.index] = null;
      live--;
    }
  }

  List<TaskEntry> living() {
    var living = new ArrayList<TaskEntry>(live);
    for (var entry : entries) {
      if (entry != null) {
        living.add(entry);
      }
    }
    return living;
  }
}

package io.switchboard.task;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that are stored in one slot, one behind the other: what of them is still wanted, what is
 * to be noted on them, how large the slot is.
 */
final class Segment {
  private static final int FEWEST_BYTES = 1_024;

  final Slot slot;
  private final List<TaskEntry> entries;
  private int live;
  private int liveBytes;
  /** What stands in the slot, once the write under way is done. */
  private int length;
  /** What the next write adds; null for nothing. */
  private Buffer pending;
  /** Room for about what the writes before this one added, so that it need not grow. */
  private int expected = FEWEST_BYTES;

  /** One that holds nothing yet. */
  Segment(Slot slot) {
    this(slot, List.of(), 0);
  }

  /**
   * @param entries by their index; null where a task is done already
   * @param length  how many bytes stand in the slot
   */
  Segment(Slot slot, List<TaskEntry> entries, int length) {
    this.slot = slot;
    this.length = length;
    this.entries = new ArrayList<>(entries.size());
    entries.forEach(this::take);
  }

  private void take(TaskEntry entry) {
    if (entry != null) {
      entry.segment = this;
      entry.index = entries.size();
      live++;
      liveBytes += entry.recordBytes;
    }
    entries.add(entry);
  }

  /** The task is stored here with the next write. */
  void add(TaskEntry entry) {
    var out = pending();
    int start = out.length();
    Stored.record(out, entry);
    entry.recordBytes = out.length() - start;
    take(entry);
  }

  /** Where to append marks that the next write takes along. */
  Buffer pending() {
    if (pending == null) {
      pending = Buffer.buffer(expected);
    }
    return pending;
  }

  boolean isTouched() {
    return pending != null;
  }

  /** How many bytes stand, or are to stand, in the slot. */
  int length() {
    return length + (pending == null ? 0 : pending.length());
  }

  /** What was pending; it counts as stored, and is to be written until it is. */
  Change change() {
    var bytes = pending.getBytes();
    int at = length;
    pending = null;
    expected = Math.max(FEWEST_BYTES, (bytes.length + expected) / 2);
    length += bytes.length;
    return at == 0 ? Change.put(slot, bytes) : Change.append(slot, at, bytes);
  }

  int live() {
    return live;
  }

  /** What the records of those that are wanted take. */
  int liveBytes() {
    return liveBytes;
  }

  /** The task is wanted no more, or not here. */
  void done(TaskEntry entry) {
    if (entries.get(entry.index) == entry) {
      entries.set(entry.index, null);
      live--;
      liveBytes -= entry.recordBytes;
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

package io.switchboard.task;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a queue's tasks stand in its ledger: which segment takes new ones, which are to be written
 * to, and which slots are to be given back. On the queue's lane.
 */
final class Segments {
  /** A segment of so many bytes takes no more tasks. */
  private static final int SEGMENT_BYTES = 1 << 20;

  private final int epoch;
  private final Set<Segment> all = new LinkedHashSet<>();
  /** The one that takes new tasks; null for none yet. */
  private Segment open;
  /** Those to which the next write adds. */
  private final List<Segment> touched = new ArrayList<>();
  /** What is stored in all, and how much of it is records of tasks that are wanted. */
  private long storedBytes;
  private long liveBytes;
  private final List<Slot> obsolete = new ArrayList<>();
  /** How many of the obsolete slots must wait until a higher number stands. */
  private int keptObsolete;
  private int nextNumber;
  /** False while records may hold keys that stand nowhere else. */
  private boolean givesBack;
  /** How many the present write begins. */
  private int begun;

  Segments(int epoch) {
    this.epoch = epoch;
  }

  int size() {
    return all.size();
  }

  /**
   * One that a former owner wrote.
   *
   * @param twice the indices of tasks that another segment holds, too: only that one counts
   */
  void restore(Segment segment, List<Integer> twice) {
    if (segment.live() == 0) {
      obsolete.add(segment.slot);
      return;
    }
    all.add(segment);
    storedBytes += segment.length();
    liveBytes += segment.liveBytes();
    twice.forEach(index -> Stored.acked(marks(segment), index));
  }

  /** Where to append a mark on one of its tasks; the next write takes it along. */
  Buffer marks(Segment segment) {
    if (!segment.isTouched()) {
      touched.add(segment);
    }
    return segment.pending();
  }

  /** The task is wanted no more; its place is given back in time. */
  void release(TaskEntry entry) {
    var segment = entry.segment;
    segment.done(entry);
    liveBytes -= entry.recordBytes;
    if (segment.live() == 0 && segment != open) {
      giveBack(segment);
    }
  }

  private void giveBack(Segment segment) {
    if (all.remove(segment)) {
      storedBytes -= segment.length();
      obsolete.add(segment.slot);
    }
  }

  /** Slots that hold nothing of worth any more. */
  void discard(List<Slot> slots) {
    obsolete.addAll(slots);
  }

  /** What former owners wrote is needed no longer for more than its tasks. */
  void giveBackFromNow() {
    givesBack = true;
  }

  /** Whether a write would give something back. */
  boolean hasObsolete() {
    return givesBack && obsolete.size() > keptObsolete;
  }

  /** Tasks move together; the segments that they leave are removals of the write. */
  List<Segment> beginWrite() {
    begun = 0;
    if (!givesBack || !Compaction.isDue(storedBytes, liveBytes)) {
      return List.of();
    }
    var emptied = Compaction.choose(all.stream().filter(this::mayBeEmptied).toList());
    for (var segment : emptied) {
      open = segment == open ? null : open;
      all.remove(segment);
      storedBytes -= segment.length();
      liveBytes -= segment.liveBytes();
      segment.living().forEach(this::place);
    }
    return emptied;
  }

  /** The slot of the highest number is given up only where its tasks begin a higher one. */
  private boolean mayBeEmptied(Segment segment) {
    return !segment.isTouched() && (segment != open || isFull(open) && open.live() > 0);
  }

  private static boolean isFull(Segment segment) {
    return segment.length() >= SEGMENT_BYTES;
  }

  /** Finds a place for a task; the present write takes it there. */
  void place(TaskEntry entry) {
    // No more new numbers in one write than a later owner expects: one is for keys.
    if (open == null || isFull(open) && begun < Slot.AHEAD - 1) {
      begun++;
      var full = open;
      open = new Segment(new Slot(Slot.Type.SEGMENT, epoch, nextNumber++));
      all.add(open);
      if (full != null && full.live() == 0) {
        giveBack(full);
      }
    }
    marks(open);
    open.add(entry);
    liveBytes += entry.recordBytes;
  }

  /** What is to be added to each that was touched. */
  void takeChanges(List<Change> changes) {
    for (var segment : touched) {
      var change = segment.change();
      storedBytes += change.bytes().length;
      changes.add(change);
    }
    touched.clear();
  }

  /** Keys are stored under the same numbers. */
  Change takeKeys(IdempotencyWindow window, List<String> keys) {
    var next = new Slot(Slot.Type.KEYS, epoch, nextNumber);
    var change = window.store(keys, next);
    // A number that nothing stands under would lead a later owner astray.
    nextNumber += change.slot().equals(next) ? 1 : 0;
    return change;
  }

  /** All but the highest number, which shows a later owner how far this one has come. */
  void takeObsolete(List<Change> changes) {
    if (!givesBack) {
      return;
    }
    for (var slots = obsolete.iterator(); slots.hasNext();) {
      var slot = slots.next();
      if (slot.epoch() != epoch || slot.number() != nextNumber - 1) {
        changes.add(Change.remove(slot));
        slots.remove();
      }
    }
    keptObsolete = obsolete.size();
  }
}

package io.switchboard.task;

import io.switchboard.lane.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Takes in what a former owner of a queue stored: its tasks at once, so that they are handed out
 * soon, and the idempotency keys, which may be many more, a slot at a time. On the queue's lane.
 */
final class Restoration {
  private final TaskIndex index;
  private final Journal journal;
  private final IdempotencyWindow window;
  private final Map<Slot, byte[]> slots;
  private final ArrayDeque<Slot> keys = new ArrayDeque<>();

  Restoration(
    TaskIndex index, Journal journal, IdempotencyWindow window, Map<Slot, byte[]> slots) {
    this.index = index;
    this.journal = journal;
    this.window = window;
    this.slots = slots;
  }

  void readTasks(Stored.Maker maker) {
    for (var slot : slots.keySet().stream().sorted().toList()) {
      if (slot.type() == Slot.Type.SEGMENT) {
        readSegment(slot, maker);
      } else {
        keys.add(slot);
      }
    }
  }

  private void readSegment(Slot slot, Stored.Maker maker) {
    var segment = slots.get(slot);
    List<TaskEntry> entries = Stored.read(segment, maker);
    var twice = new ArrayList<Integer>();
    for (int i = 0; i < entries.size(); i++) {
      // One that stands in two segments was being moved; either says the same.
      if (entries.get(i) != null && !index.add(entries.get(i))) {
        entries.set(i, null);
        twice.add(i);
      }
    }
    journal.restore(new Segment(slot, entries, segment.length), twice);
  }

  /**
   * Goes on until all are read, then calls; or until it is over, then it does not. Others are
   * served between two slots: a hundred thousand keys take a new process a third of a second.
   */
  void readKeys(Lane lane, BooleanSupplier isOver, Runnable done) {
    var slot = keys.poll();
    if (slot == null) {
      journal.restoreKeys(System.currentTimeMillis());
      done.run();
      return;
    }
    window.restore(slot, slots.get(slot));
    lane.executeLater(() -> {
      if (!isOver.getAsBoolean()) {
        readKeys(lane, isOver, done);
      }
    });
  }
}

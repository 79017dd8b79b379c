package io.switchboard.task;

import io.switchboard.task.TaskEntry.State;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which task comes next: the highest priority, then the order of submission; of one key only
 * the oldest, whatever its priority or delay. Keeps no clock and no timers. What leaves the
 * ready state otherwise than by {@link #next} stays in its line and is passed over.
 */
final class Backlog {
  private final ArrayDeque<TaskEntry>[] ready = lines();
  private final Map<String, ArrayDeque<TaskEntry>> byKey = new HashMap<>();
  private final int[] counts = new int[State.values().length];

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ArrayDeque<TaskEntry>[] lines() {
    ArrayDeque<TaskEntry>[] lines = new ArrayDeque[SubmitOptions.HIGHEST_PRIORITY + 1];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new ArrayDeque<>();
    }
    return lines;
  }

  int count(State state) {
    return counts[state.ordinal()];
  }

  /** Begins to count the task. */
  void register(TaskEntry entry) {
    counts[entry.state.ordinal()]++;
  }

  /** Changes how the task stands. */
  void move(TaskEntry entry, State state) {
    counts[entry.state.ordinal()]--;
    counts[state.ordinal()]++;
    entry.state = state;
  }

  /** Stops counting the task. */
  void forget(TaskEntry entry) {
    counts[entry.state.ordinal()]--;
    entry.state = State.GONE;
  }

  /** A registered task lines up, behind those that are there. */
  void add(TaskEntry entry, long nowMillis) {
    if (entry.key != null) {
      var line = byKey.computeIfAbsent(entry.key, absent -> new ArrayDeque<>(2));
      line.add(entry);
      if (line.peek() != entry) {
        move(entry, State.BLOCKED);
        return;
      }
    }
    lineUp(entry, nowMillis, false);
  }

  /** A task that was handed out, or had to wait, lines up again; it has kept its key's turn. */
  void again(TaskEntry entry, long nowMillis, boolean first) {
    lineUp(entry, nowMillis, first);
  }

  private void lineUp(TaskEntry entry, long nowMillis, boolean first) {
    if (entry.notBefore > nowMillis) {
      move(entry, State.DELAYED);
      return;
    }
    move(entry, State.READY);
    if (first) {
      ready[entry.priority].addFirst(entry);
    } else {
      ready[entry.priority].addLast(entry);
    }
  }

  /**
   * The task has had its turn: it is done, or dead. Returns the next one of its key when it was
   * waiting for that; it has lined up.
   */
  TaskEntry finished(TaskEntry entry, long nowMillis) {
    if (entry.key == null) {
      return null;
    }
    var line = byKey.get(entry.key);
    if (line == null) {
      return null;
    }
    boolean wasFirst = line.peek() == entry;
    line.remove(entry);
    if (line.isEmpty()) {
      byKey.remove(entry.key);
      return null;
    }
    if (!wasFirst) {
      return null;
    }
    lineUp(line.peek(), nowMillis, false);
    return line.peek();
  }

  /** The task that comes next; it stays ready until it is moved. Null when there is none. */
  TaskEntry next() {
    for (int priority = ready.length - 1; priority >= 0; priority--) {
      var line = ready[priority];
      for (var entry = line.poll(); entry != null; entry = line.poll()) {
        if (entry.state == State.READY) {
          return entry;
        }
      }
    }
    return null;
  }
}

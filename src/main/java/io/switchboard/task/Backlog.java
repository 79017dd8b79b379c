package io.switchboard.task;

import io.switchboard.task.TaskEntry.State;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which task comes next: the highest priority, then the order of submission; of one key only
 * the oldest, whatever its priority or delay. Keeps no clock and no timers. Whatever leaves the
 * ready state leaves its line.
 */
final class Backlog {
  private final Line[] ready = Stream.generate(Line::new)
    .limit(SubmitOptions.HIGHEST_PRIORITY + 1).toArray(Line[]::new);
  private final Map<String, ArrayDeque<TaskEntry>> byKey = new HashMap<>();
  private final int[] counts = new int[State.values().length];

  int count(State state) {
    return counts[state.ordinal()];
  }

  /** Begins to count the task. */
  void register(TaskEntry entry) {
    counts[entry.state.ordinal()]++;
  }

  /** Changes how the task stands. */
  void move(TaskEntry entry, State state) {
    leave(entry, state);
    counts[state.ordinal()]++;
  }

  /** Stops counting the task. */
  void forget(TaskEntry entry) {
    leave(entry, State.GONE);
  }

  private void leave(TaskEntry entry, State state) {
    counts[entry.state.ordinal()]--;
    if (entry.state == State.READY) {
      ready[entry.priority].remove(entry);
    }
    entry.state = state;
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
    var next = line.peek();
    if (!wasFirst || next.state != State.BLOCKED) {
      // One that is dying has no turn; who follows it has it when that is stored.
      return null;
    }
    lineUp(next, nowMillis, false);
    return next;
  }

  /** The task that comes next; it stays ready until it is moved. Null when there is none. */
  TaskEntry next() {
    for (int priority = ready.length - 1; priority >= 0; priority--) {
      var entry = ready[priority].first();
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }
}

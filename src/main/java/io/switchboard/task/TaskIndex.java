package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;
import io.switchboard.task.TaskEntry.State;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tasks of one queue, by their ids, and what they amount to. On the queue's lane. */
final class TaskIndex {
  private final TaskOptions options;
  private final Backlog backlog = new Backlog();
  private final Map<TaskId, TaskEntry> byId = new HashMap<>();
  private final Map<TaskId, TaskEntry> dead = new LinkedHashMap<>();
  private long bytes;
  private long submitted;
  private long acked;

  TaskIndex(TaskOptions options) {
    this.options = options;
  }

  Backlog backlog() {
    return backlog;
  }

  /** Null for a task that is not there. */
  TaskEntry find(TaskId id) {
    return byId.get(id);
  }

  Collection<TaskEntry> all() {
    return byId.values();
  }

  List<TaskEntry> inOrder() {
    return byId.values().stream()
      .sorted(Comparator.comparingLong(entry -> entry.sequence)).toList();
  }

  List<TaskEntry> dead() {
    return List.copyOf(dead.values());
  }

  boolean hasRoomFor(int more) {
    return byId.size() < options.maxTasks() && bytes + more <= options.maxBytes();
  }

  /** False when a task of that id is there already. */
  boolean add(TaskEntry entry) {
    if (byId.putIfAbsent(entry.id, entry) != null) {
      return false;
    }
    bytes += entry.bytes();
    return true;
  }

  void stored() {
    submitted++;
  }

  void dies(TaskEntry entry) {
    dead.put(entry.id, entry);
  }

  void revives(TaskEntry entry) {
    dead.remove(entry.id);
  }

  /** Done, or dropped where it was dead. */
  void remove(TaskEntry entry) {
    if (dead.remove(entry.id) == null) {
      acked++;
    }
    byId.remove(entry.id);
    bytes -= entry.bytes();
    backlog.forget(entry);
  }

  TaskCounts counts(long redelivered) {
    return new TaskCounts(backlog.count(State.READY) + backlog.count(State.BLOCKED),
      backlog.count(State.DELAYED),
      backlog.count(State.LEASED) + backlog.count(State.SETTLING),
      backlog.count(State.DEAD), bytes, submitted, acked, redelivered);
  }

  @Override
  public String toString() {
    return byId.size() + " tasks of " + bytes + " bytes";
  }
}

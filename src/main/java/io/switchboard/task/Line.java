package io.switchboard.task;

/**
 * The ready tasks of one priority, in their order. The entries themselves are linked, so that one
 * leaves from the middle at once, and nothing is kept of it. On the queue's lane.
 */
final class Line {
  private TaskEntry first;
  private TaskEntry last;

  /** Null when nobody waits. */
  TaskEntry first() {
    return first;
  }

  void addFirst(TaskEntry entry) {
    entry.behind = first;
    if (first == null) {
      last = entry;
    } else {
      first.before = entry;
    }
    first = entry;
  }

  void addLast(TaskEntry entry) {
    entry.before = last;
    if (last == null) {
      first = entry;
    } else {
      last.behind = entry;
    }
    last = entry;
  }

  /** Takes one out that stands here. */
  void remove(TaskEntry entry) {
    if (entry.before == null) {
      first = entry.behind;
    } else {
      entry.before.behind = entry.behind;
    }
    if (entry.behind == null) {
      last = entry.before;
    } else {
      entry.behind.before = entry.before;
    }
    entry.before = null;
    entry.behind = null;
  }
}

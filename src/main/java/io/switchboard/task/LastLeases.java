package io.switchboard.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under which lease tasks were done that may have had more than one. Whoever repeats his verdict
 * on a task that is gone was heard before, or has lost the task to another. Bounded: the oldest
 * are forgotten. On the queue's lane.
 */
final class LastLeases {
  static final int MAX = 65_536;

  private final Map<TaskId, Long> tokens = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TaskId, Long> eldest) {
      boolean isFull = size() > MAX;
      if (isFull) {
        known = Math.max(known, eldest.getValue());
      }
      return isFull;
    }
  };
  /** A task done under a later lease than this one is remembered. */
  private long known;

  /** @param known the owner gives out later leases only */
  LastLeases(long known) {
    this.known = known;
  }

  /** The task is done under the lease that it has now. */
  void add(TaskEntry entry) {
    if (entry.inherited || entry.attempts > 1) {
      tokens.put(entry.id, entry.token);
    }
  }

  /** False when the task, which is gone, was done under another lease than this one. */
  boolean allow(TaskId id, long token) {
    return tokens.getOrDefault(id, token) == token;
  }

  /** True when the task, which is gone, was done under this lease beyond doubt. */
  boolean prove(TaskId id, long token) {
    var last = tokens.get(id);
    return last == null ? token > known : last == token;
  }
}

package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;
import io.switchboard.lane.Lane;
import io.switchboard.task.TaskEntry.State;

/**
 * What becomes of tasks: each change is stored first, then it shows, then whoever waits for it
 * is told. On the queue's lane.
 */
final class Outcomes {
  private final TaskOptions options;
  private final Lane lane;
  private final TaskIndex index;
  private final Journal journal;
  private final LineUp lineUp;

  /** Learns of tasks that stand in line anew. */
  @FunctionalInterface
  interface LineUp {
    void linedUp(TaskEntry entry);
  }

  Outcomes(
    TaskOptions options, Lane lane, TaskIndex index, Journal journal, LineUp lineUp) {
    this.options = options;
    this.lane = lane;
    this.index = index;
    this.journal = journal;
    this.lineUp = lineUp;
  }

  private void settling(TaskEntry entry) {
    lane.timers().cancel(entry);
    index.backlog().move(entry, State.SETTLING);
  }

  /** Acked, or dropped. */
  void finish(TaskEntry entry, Caller caller) {
    settling(entry);
    Stored.acked(journal.marks(entry), entry.index);
    journal.note(caller, () -> {
      index.remove(entry);
      journal.release(entry);
      turnOver(entry);
    });
  }

  private void turnOver(TaskEntry entry) {
    var next = index.backlog().finished(entry, System.currentTimeMillis());
    if (next != null) {
      lineUp.linedUp(next);
    }
  }

  /** An attempt in vain: again after the pause, or no more. */
  void attemptFailed(TaskEntry entry, long pauseMillis, String reason, Caller caller) {
    if (entry.attempts >= options.maxAttempts()) {
      bury(entry, reason, caller);
      return;
    }
    settling(entry);
    long notBefore = pauseMillis == 0 ? 0 : System.currentTimeMillis() + pauseMillis;
    Stored.failed(journal.marks(entry), entry.index, entry.attempts, notBefore, reason);
    journal.note(caller, () -> {
      entry.addReason(reason);
      entry.notBefore = notBefore;
      index.backlog().again(entry, System.currentTimeMillis(), true);
      lineUp.linedUp(entry);
    });
  }

  /** No further attempt. */
  void bury(TaskEntry entry, String reason, Caller caller) {
    settling(entry);
    Stored.died(journal.marks(entry), entry.index, entry.attempts, reason);
    journal.note(caller, () -> {
      entry.addReason(reason);
      index.backlog().move(entry, State.DEAD);
      index.dies(entry);
      turnOver(entry);
    });
  }

  /** A dead letter begins anew, behind what waits. */
  void revive(TaskEntry entry, Caller caller) {
    settling(entry);
    index.revives(entry);
    journal.revive(entry);
    journal.note(caller, () -> {
      index.backlog().move(entry, State.STORING);
      Stored.revive(entry);
      index.backlog().add(entry, System.currentTimeMillis());
      lineUp.linedUp(entry);
    });
  }
}

package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.task.TaskEntry.State;
import java.util.concurrent.ThreadLocalRandom;

/** What is said of the tasks that a queue has handed out. On the queue's lane. */
final class Verdicts {
  private final TaskQueue queue;
  private final TaskOptions options;
  private final TaskIndex index;
  private final Leases leases;
  private final Outcomes outcomes;
  private final Journal journal;
  private final LastLeases lastLeases;

  Verdicts(TaskQueue queue, TaskOptions options, TaskIndex index, Leases leases,
    Outcomes outcomes, Journal journal) {
    this.queue = queue;
    this.options = options;
    this.index = index;
    this.leases = leases;
    this.outcomes = outcomes;
    this.journal = journal;
    lastLeases = new LastLeases(leases.firstToken());
  }

  void take(Caller caller, TaskVerdict said) {
    var entry = leases.leased(said.token());
    if (entry == null || !entry.id.equals(said.id())) {
      unleased(caller, said);
      return;
    }
    var holder = entry.holder;
    if (said.verdict() == Verdict.EXTEND) {
      queue.lease(entry, said.millis());
      if (said.isByToken()) {
        leases.tell(holder, said.token(), said.millis());
      }
      caller.done();
      return;
    }
    entry.verdict = said.verdict();
    leases.end(entry);
    switch (said.verdict()) {
      case RETURN -> {
        entry.attempts--;
        index.backlog().again(entry, System.currentTimeMillis(), true);
        queue.schedule(entry);
        caller.done();
      }
      case ACK -> {
        lastLeases.add(entry);
        outcomes.finish(entry, caller);
      }
      case FAIL -> outcomes.attemptFailed(entry, Backoff.millis(options, entry.attempts,
        ThreadLocalRandom.current().nextDouble()), said.reason(), caller);
      case REQUEUE -> outcomes.attemptFailed(entry, said.millis(), said.reason(), caller);
      case BURY -> outcomes.bury(entry, said.reason(), caller);
      default -> throw new IllegalStateException("verdict " + said.verdict());
    }
    if (said.isByToken()) {
      // Until it is stored, a new owner must hear that the task is in hand.
      journal.note(null, () -> leases.tell(holder, said.token(), 0));
    }
    queue.handOut();
  }

  private void unleased(Caller caller, TaskVerdict said) {
    var entry = index.find(said.id());
    if (entry == null && said.isRepeated()) {
      gone(caller, said);
    } else if (entry != null && queue.mayBeHeld(entry, said.token())) {
      caller.elsewhere(false);
    } else if (entry != null && entry.token == said.token()
      && entry.verdict == said.verdict() && entry.state == State.SETTLING) {
      // The same verdict once more: the first one counts.
      journal.note(caller, () -> { });
    } else {
      stale(caller, "the lease of task " + said.id() + " has ended or passed to someone else");
    }
  }

  /** The task was done, and the answer was lost; or it was done by another. */
  private void gone(Caller caller, TaskVerdict said) {
    if (said.isDoubtful() ? lastLeases.prove(said.id(), said.token())
      : lastLeases.allow(said.id(), said.token())) {
      caller.done();
    } else if (lastLeases.allow(said.id(), said.token())) {
      stale(caller, "task " + said.id() + " is done, under this lease or a later one: its "
        + "worker's node stood still meanwhile");
    } else {
      stale(caller, "task " + said.id() + " was done under another lease");
    }
  }

  private static void stale(Caller caller, String text) {
    caller.failed(FailureCode.STALE_TOKEN, text);
  }
}

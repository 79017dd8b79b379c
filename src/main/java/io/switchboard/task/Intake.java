package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.task.TaskEntry.State;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/**
 * Takes in what is submitted to one queue: within its bounds, each task once, and nobody is told
 * before it is stored. On the queue's lane.
 */
final class Intake {
  private static final int MAX_WAITING = 16_384;

  private final String exchange;
  private final BooleanSupplier hasQuorum;
  private final IdempotencyWindow window;
  private final TaskIndex index;
  private final Journal journal;
  private final Stored.Maker maker;
  /** With a key, while those that a former owner stored are not all known. */
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean keysAreKnown;

  private record Waiting(Caller caller, Submission submission) {
  }

  Intake(String exchange, BooleanSupplier hasQuorum, IdempotencyWindow window, TaskIndex index,
    Journal journal, Stored.Maker maker) {
    this.exchange = exchange;
    this.hasQuorum = hasQuorum;
    this.window = window;
    this.index = index;
    this.journal = journal;
    this.maker = maker;
  }

  void submit(Caller caller, Submission submission) {
    var existing = submission.again() ? index.find(submission.id()) : null;
    if (existing != null) {
      answer(existing, caller);
      return;
    }
    var key = submission.idempotencyKey();
    if (key != null && !keysAreKnown) {
      await(caller, submission);
      return;
    }
    long now = System.currentTimeMillis();
    var known = key == null ? null : window.find(key, now);
    if (known != null) {
      repeated(caller, known, submission);
    } else if (!hasQuorum.getAsBoolean()) {
      caller.failed(FailureCode.NO_QUORUM, "exchange '" + exchange
        + "': " + Operation.NO_QUORUM);
    } else if (!index.hasRoomFor(submission.content().length)) {
      caller.failed(FailureCode.OVERLOADED,
        "exchange '" + exchange + "' holds " + index + " and takes no more");
    } else {
      accept(caller, submission, now);
    }
  }

  private void await(Caller caller, Submission submission) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(new Waiting(caller, submission));
    } else {
      caller.failed(FailureCode.OVERLOADED, "exchange '" + exchange
        + "' was taken over just now, and too many wait for its idempotency keys");
    }
  }

  /** From now on a key that is not found is a new one. */
  void keysAreKnown() {
    keysAreKnown = true;
    waiting.forEach(each -> submit(each.caller, each.submission));
    waiting.clear();
  }

  /** Who still waits asks elsewhere. */
  void close() {
    waiting.forEach(each -> each.caller.elsewhere(false));
    waiting.clear();
  }

  private void repeated(Caller caller, IdempotencyWindow.Known known, Submission submission) {
    if (known.hash() != submission.hash()) {
      caller.failed(FailureCode.CONFLICT, "exchange '" + exchange
        + "': another task was submitted under the same idempotency key");
      return;
    }
    var entry = index.find(known.id());
    if (entry == null) {
      caller.submitted(known.id());
    } else {
      answer(entry, caller);
    }
  }

  private static void answer(TaskEntry entry, Caller caller) {
    if (entry.state == State.STORING) {
      entry.caller = caller.and(entry.caller);
    } else {
      caller.submitted(entry.id);
    }
  }

  private void accept(Caller caller, Submission submission, long now) {
    var entry = maker.make(submission.id(), submission.priority(), submission.key(),
      submission.delayMillis() == 0 ? 0 : now + submission.delayMillis(),
      submission.deadlineMillis() < 0 ? 0 : now + submission.deadlineMillis(),
      submission.content());
    entry.caller = caller;
    entry.idempotencyKey = submission.idempotencyKey();
    entry.submittedAt = now;
    if (entry.idempotencyKey != null) {
      window.add(entry.idempotencyKey,
        new IdempotencyWindow.Known(entry.id, submission.hash(), now));
    }
    index.add(entry);
    index.backlog().register(entry);
    journal.append(entry);
  }
}

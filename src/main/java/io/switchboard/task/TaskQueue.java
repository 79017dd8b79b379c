package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.task.TaskEntry.State;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The queue of one exchange at the node that owns it. Nothing is answered before it is stored.
 * On the queue's lane.
 */
final class TaskQueue implements Journal.Reader {
  private final String exchange;
  private final TaskOptions options;
  private final Post post;
  private final Store store;
  private final Ledger ledger;
  private final IdempotencyWindow window = new IdempotencyWindow();
  private final Leases leases;
  private final Journal journal;
  private final TaskIndex index;
  private final Outcomes outcomes;
  private boolean isRecalling;
  private boolean handingOut;
  private boolean closed;

  TaskQueue(String exchange, TaskOptions options, Post post, Store store, Ledger ledger) {
    this.exchange = exchange;
    this.options = options;
    this.post = post;
    this.store = store;
    this.ledger = ledger;
    index = new TaskIndex(options);
    leases = new Leases(post, index.backlog(), ledger.epoch());
    journal = new Journal(post.lane(), ledger, window, this);
    outcomes = new Outcomes(options, post.lane(), index, journal, this::linedUp);
  }

  String exchange() {
    return exchange;
  }

  int epoch() {
    return ledger.epoch();
  }

  boolean isClosed() {
    return closed;
  }

  /** An entry with the queue's timer. */
  private final class Entry extends TaskEntry {
    private Entry(TaskId id, int priority, String key, long notBefore, long expires,
      byte[] content) {
      super(id, priority, key, notBefore, expires, content);
    }

    @Override
    protected void onDeadline() {
      due(this);
    }
  }

  /** Takes in what a former owner stored. True when tasks were there. */
  boolean restore(Map<Slot, byte[]> slots) {
    var slotsByAge = slots.keySet().stream().sorted().toList();
    long now = System.currentTimeMillis();
    for (var slot : slotsByAge) {
      if (slot.type() == Slot.Type.SEGMENT) {
        restoreSegment(slot, slots.get(slot));
      } else if (slot.type() == Slot.Type.KEYS) {
        window.restore(slot, slots.get(slot));
      }
    }
    index.inOrder().forEach(entry -> restored(entry, now));
    return !index.all().isEmpty();
  }

  private void restoreSegment(Slot slot, byte[] segment) {
    var entries = Stored.read(segment, Entry::new);
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

  private void restored(TaskEntry entry, long now) {
    index.backlog().register(entry);
    if (entry.state == State.DEAD) {
      index.dies(entry);
    } else {
      index.backlog().add(entry, now);
      schedule(entry);
    }
  }

  private void linedUp(TaskEntry entry) {
    schedule(entry);
    handOut();
  }

  /** Hands nothing out until the workers have told what they have in hand. */
  void recall() {
    isRecalling = true;
  }

  void recalled() {
    isRecalling = false;
    handOut();
  }

  void submit(Caller caller, Submission submission) {
    var existing = submission.again() ? index.find(submission.id()) : null;
    if (existing != null) {
      answer(existing, caller);
      return;
    }
    long now = System.currentTimeMillis();
    var key = submission.idempotencyKey();
    var known = key == null ? null : window.find(key, now);
    if (known != null) {
      repeated(caller, known, submission);
    } else if (!store.hasQuorum()) {
      caller.failed(FailureCode.NO_QUORUM, "exchange '" + exchange
        + "': " + Operation.NO_QUORUM);
    } else if (!index.hasRoomFor(submission.content().length)) {
      caller.failed(FailureCode.OVERLOADED,
        "exchange '" + exchange + "' holds " + index + " and takes no more");
    } else {
      accept(caller, submission, now);
    }
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
    var entry = new Entry(submission.id(), submission.priority(), submission.key(),
      submission.delayMillis() == 0 ? 0 : now + submission.delayMillis(),
      submission.deadlineMillis() < 0 ? 0 : now + submission.deadlineMillis(),
      submission.content());
    entry.caller = caller;
    entry.idempotencyKey = submission.idempotencyKey();
    if (entry.idempotencyKey != null) {
      window.add(entry.idempotencyKey,
        new IdempotencyWindow.Known(entry.id, submission.hash(), now));
    }
    index.add(entry);
    index.backlog().register(entry);
    journal.append(entry);
  }

  @Override
  public void stored(TaskEntry entry) {
    index.stored();
    index.backlog().add(entry, System.currentTimeMillis());
    linedUp(entry);
    if (entry.caller != null) {
      entry.caller.submitted(entry.id);
      entry.caller = null;
    }
    entry.idempotencyKey = null;
  }

  /** One timer serves each task: what is next for it depends on how it stands. */
  private void schedule(TaskEntry entry) {
    long at = switch (entry.state) {
      case DELAYED -> entry.expires == 0
        ? entry.notBefore : Math.min(entry.notBefore, entry.expires);
      case READY, BLOCKED -> entry.expires;
      default -> 0;
    };
    if (at == 0) {
      post.lane().timers().cancel(entry);
    } else {
      long left = Math.max(0, at - System.currentTimeMillis());
      post.lane().schedule(entry, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(left));
    }
  }

  private void due(TaskEntry entry) {
    if (closed) {
      return;
    }
    long now = System.currentTimeMillis();
    if (entry.state == State.LEASED) {
      var silent = entry.holder;
      leases.end(entry);
      outcomes.attemptFailed(entry, 0, "no verdict of worker " + silent.key.worker() + " on "
        + silent.nodeName() + " within " + silent.ackTimeoutMillis() + " ms", null);
    } else if (entry.expires != 0 && entry.expires <= now) {
      outcomes.bury(entry, "its deadline passed", null);
    } else if (entry.state == State.DELAYED && entry.notBefore <= now) {
      index.backlog().again(entry, now, false);
      linedUp(entry);
    } else {
      schedule(entry);
    }
  }

  void attach(Trunk trunk, int lane, TaskAttachment attachment) {
    var consumer = leases.attach(trunk, lane, attachment.worker(), attachment.once());
    consumer.terms(attachment.prefetch(), attachment.ackTimeoutMillis());
    for (var held : attachment.held()) {
      if (leases.adopt(consumer, index.find(held.id()), held.token(), held.attempt())) {
        lease(index.find(held.id()), held.leaseMillis());
      }
    }
    leases.offer(consumer);
    handOut();
  }

  private void lease(TaskEntry entry, long millis) {
    post.lane().schedule(entry, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** @param keep what the worker has in hand stays with it */
  void detach(Trunk trunk, long worker, boolean keep) {
    var consumer = leases.find(trunk, worker);
    if (consumer == null) {
      return;
    }
    if (keep) {
      leases.close(consumer);
    } else {
      lost(consumer, "its worker was detached from " + consumer.nodeName());
    }
  }

  void nodeDown(Trunk trunk) {
    leases.of(trunk).forEach(
      consumer -> lost(consumer, "node " + consumer.nodeName() + " went away"));
  }

  private void lost(Consumer consumer, String reason) {
    leases.drop(consumer).forEach(entry -> outcomes.attemptFailed(entry, 0, reason, null));
  }

  private void handOut() {
    if (!handingOut && !isRecalling && !closed) {
      handingOut = true;
      post.lane().atEndOfTick(() -> {
        handingOut = false;
        if (!closed && !isRecalling) {
          leases.handOut(this::begin);
        }
      });
    }
  }

  private boolean begin(TaskEntry entry, Consumer consumer) {
    if (entry.expires != 0 && entry.expires <= System.currentTimeMillis()) {
      outcomes.bury(entry, "its deadline passed", null);
      return false;
    }
    lease(entry, consumer.ackTimeoutMillis());
    return true;
  }

  void verdict(Caller caller, TaskVerdict said) {
    var entry = leases.leased(said.token());
    if (entry == null || !entry.id.equals(said.id())) {
      unleased(caller, said);
      return;
    }
    switch (said.verdict()) {
      case EXTEND -> {
        lease(entry, said.millis());
        caller.done();
        return;
      }
      case RETURN -> {
        leases.end(entry);
        entry.attempts--;
        index.backlog().again(entry, System.currentTimeMillis(), true);
        schedule(entry);
        caller.done();
      }
      case ACK -> {
        leases.end(entry);
        outcomes.finish(entry, caller);
      }
      case FAIL -> {
        leases.end(entry);
        outcomes.attemptFailed(entry, Backoff.millis(options, entry.attempts,
          ThreadLocalRandom.current().nextDouble()), said.reason(), caller);
      }
      case REQUEUE -> {
        leases.end(entry);
        outcomes.attemptFailed(entry, said.millis(), said.reason(), caller);
      }
      case BURY -> {
        leases.end(entry);
        outcomes.bury(entry, said.reason(), caller);
      }
      default -> throw new IllegalStateException("verdict " + said.verdict());
    }
    handOut();
  }

  private void unleased(Caller caller, TaskVerdict said) {
    var entry = index.find(said.id());
    if (entry == null && said.again()) {
      // It was done by the former owner, whose answer was lost.
      caller.done();
    } else if (entry != null && isRecalling && Leases.epochOf(said.token()) < epoch()) {
      caller.elsewhere(false);
    } else if (entry != null && entry.token == said.token()
      && entry.state == State.SETTLING) {
      // The same verdict once more: the first one counts.
      journal.note(caller, () -> { });
    } else {
      caller.failed(FailureCode.STALE_TOKEN,
        "the lease of task " + said.id() + " has ended or passed to someone else");
    }
  }

  /** Null for a task that the queue does not hold. */
  TaskEntry find(TaskId id) {
    return index.find(id);
  }

  List<TaskEntry> dead() {
    return index.dead();
  }

  Outcomes outcomes() {
    return outcomes;
  }

  TaskCounts counts() {
    return index.counts(leases.redelivered());
  }

  /** Answers once everything decided so far is stored. */
  void whenStored(Caller caller, Buffer answer) {
    journal.note(caller, () -> caller.answer(answer));
  }

  void tidy() {
    if (!closed) {
      journal.tidy(System.currentTimeMillis());
    }
  }

  @Override
  public void fenced() {
    close();
  }

  /** Another node owns the queue: whoever waits asks there. */
  void close() {
    if (!closed) {
      closed = true;
      journal.close();
      for (var entry : index.all()) {
        post.lane().timers().cancel(entry);
        if (entry.caller != null) {
          entry.caller.elsewhere(true);
        }
      }
    }
  }
}

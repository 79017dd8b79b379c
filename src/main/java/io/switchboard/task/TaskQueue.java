package io.switchboard.task;

import io.switchboard.task.TaskEntry.State;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The queue of one exchange at the node that owns it. Nothing is answered before it is stored.
 * On the queue's lane.
 */
final class TaskQueue implements Journal.Reader {
  /** Workers attach to a new owner within milliseconds; on a busy machine it may take longer. */
  private static final long ATTACHED_WITHIN_NANOS = 10_000_000_000L;

  private final String exchange;
  private final TaskDeclaration declaration;
  private final Post post;
  private final Ledger ledger;
  private final IdempotencyWindow window = new IdempotencyWindow();
  private final Leases leases;
  private final Journal journal;
  private final TaskIndex index;
  private final Outcomes outcomes;
  private final Intake intake;
  private final Verdicts verdicts;
  private final HandOut handOut;
  private final Reunion reunion;
  private final long openedNanos;
  private boolean isRecalling;
  private boolean closed;

  /** @param openedNanos when opening the ledger began */
  TaskQueue(String exchange, TaskDeclaration declaration, Post post, BooleanSupplier hasQuorum,
    Ledger ledger, long openedNanos) {
    this.exchange = exchange;
    this.declaration = declaration;
    this.post = post;
    this.ledger = ledger;
    this.openedNanos = openedNanos;
    var options = declaration.options();
    index = new TaskIndex(options);
    leases = new Leases(post, index.backlog(), ledger.epoch());
    journal = new Journal(post.lane(), ledger, openedNanos, window, this);
    outcomes = new Outcomes(options, post.lane(), index, journal, this::linedUp);
    intake = new Intake(exchange, hasQuorum, window, index, journal, Entry::new);
    verdicts = new Verdicts(this, options, index, leases, outcomes, journal);
    reunion = new Reunion(post.lane(), leases, this::lost);
    handOut = new HandOut(post.lane(), leases, journal, this::begin, this::mayHandOut);
  }

  String exchange() {
    return exchange;
  }

  /** As it was when the queue was opened. */
  TaskDeclaration declaration() {
    return declaration;
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

  /**
   * Takes in what a former owner stored; what is submitted with an idempotency key waits for the
   * last part of that. True when tasks were there.
   */
  boolean restore(Map<Slot, byte[]> slots) {
    var restoration = new Restoration(index, journal, window, slots);
    restoration.readTasks(Entry::new);
    long now = System.currentTimeMillis();
    index.inOrder().forEach(entry -> restored(entry, now));
    post.lane().executeLater(
      () -> restoration.readKeys(post.lane(), this::isClosed, intake::keysAreKnown));
    return !index.all().isEmpty();
  }

  private void restored(TaskEntry entry, long now) {
    entry.inherited = true;
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

  /** True while a worker may yet tell that it has the task in hand by a former owner's leave. */
  boolean mayBeHeld(TaskEntry entry, long token) {
    return leases.mayBeHeld(entry, token)
      && (isRecalling || System.nanoTime() - openedNanos < ATTACHED_WITHIN_NANOS);
  }

  /** Hands nothing out until the workers have told what they have in hand. */
  void recall() {
    isRecalling = true;
  }

  /** What nobody has in hand goes out at once: it has waited for long. */
  void recalled() {
    isRecalling = false;
    handOut.now();
  }

  void submit(Caller caller, Submission submission) {
    intake.submit(caller, submission);
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
  void schedule(TaskEntry entry) {
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
    var consumer = leases.attach(trunk, lane, attachment.worker(), attachment.isOnce());
    consumer.terms(attachment.prefetch(), attachment.ackTimeoutMillis());
    for (var held : attachment.held()) {
      if (leases.adopt(consumer, index.find(held.id()), held.token(), held.attempt())) {
        // One that has run out may end when those with a later lease have been heard.
        lease(index.find(held.id()), Math.max(held.leaseMillis(), RollCall.LIMIT_MILLIS));
      }
    }
    reunion.attached(consumer, attachment.held());
    if (attachment.isClosed()) {
      leases.close(consumer);
    } else {
      leases.offer(consumer);
    }
    handOut();
  }

  /** The worker has so long from now. */
  void lease(TaskEntry entry, long millis) {
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
      lost(leases.drop(consumer), "its worker was detached from " + consumer.nodeName());
    }
  }

  /** Its write waits in vain: taken over anew, the queue goes on at once. */
  boolean isStuck() {
    return journal.isStuck(System.nanoTime());
  }

  /** The store has lost a node. */
  void nodeLost() {
    journal.lost(System.nanoTime());
  }

  void nodeDown(Trunk trunk) {
    leases.of(trunk).forEach(consumer ->
      lost(leases.drop(consumer), "node " + consumer.nodeName() + " went away"));
  }

  /** The node lives and has lost sight of this one. */
  void nodeForgot(Trunk trunk) {
    reunion.await(trunk);
  }

  private void lost(List<TaskEntry> entries, String reason) {
    if (!closed) {
      entries.forEach(entry -> outcomes.attemptFailed(entry, 0, reason, null));
    }
  }

  void handOut() {
    handOut.schedule();
  }

  private boolean mayHandOut() {
    return !isRecalling && !closed;
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
    verdicts.take(caller, said);
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
      intake.close();
      for (var entry : index.all()) {
        post.lane().timers().cancel(entry);
        if (entry.caller != null) {
          entry.caller.elsewhere(true);
        }
      }
    }
  }
}

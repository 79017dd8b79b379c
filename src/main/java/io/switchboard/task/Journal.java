package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a queue's tasks and verdicts to its ledger, one write at a time: what comes while one
 * is under way is the next one. On the queue's lane.
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int LOG_EVERY = 100;
  private static final int MAX_TASKS = 4_096;
  private static final int MAX_BYTES = 1 << 19;
  private static final long REPEAT_NANOS = 50_000_000;
  /** So long after a write that succeeded nobody else can have taken over unnoticed. */
  private static final long CERTAIN_NANOS = 1_000_000_000;
  /** So long after a loss a write of a healthy store is done. */
  static final long STUCK_NANOS = 150_000_000;

  /** Learns what is stored. */
  interface Reader {
    /** The task is stored. */
    void stored(TaskEntry entry);

    /** Somebody else has taken over. */
    void fenced();
  }

  /** A note on a stored task, and what follows once that is stored. */
  private record Note(Caller caller, Runnable then) {
  }

  private final Lane lane;
  private final Ledger ledger;
  private final IdempotencyWindow window;
  private final Reader reader;
  private final Segments segments;
  private final ArrayDeque<TaskEntry> fresh = new ArrayDeque<>();
  /** Tasks of a former owner whose keys may stand nowhere but in their own records. */
  private final List<TaskEntry> keyed = new ArrayList<>();
  /** Dead letters that begin anew. */
  private final List<TaskEntry> revived = new ArrayList<>();
  /** Keys that only the records of their tasks hold. */
  private final List<String> adoptedKeys = new ArrayList<>();
  private List<Note> notes = new ArrayList<>();
  private List<Note> underWay = List.of();
  private long nextSequence = 1;
  private int repeats;
  private boolean writing;
  private long writingSince;
  /** When the last write began that succeeded. */
  private long confirmedAt;
  private boolean inDoubt;
  private final LostCopies lostCopies = new LostCopies(System.nanoTime());
  private boolean scheduled;
  private boolean closed;

  /** @param openedNanos a time at which nobody else had opened the ledger since */
  Journal(Lane lane, Ledger ledger, long openedNanos, IdempotencyWindow window,
    Reader reader) {
    this.lane = lane;
    confirmedAt = openedNanos;
    this.ledger = ledger;
    this.window = window;
    this.reader = reader;
    segments = new Segments(ledger.epoch());
  }

  /**
   * A segment that a former owner wrote.
   *
   * @param twice the indices of tasks that another segment holds, too: only that one counts
   */
  void restore(Segment segment, List<Integer> twice) {
    for (var entry : segment.living()) {
      nextSequence = Math.max(nextSequence, entry.sequence + 1);
      if (entry.idempotencyKey != null) {
        keyed.add(entry);
      }
    }
    segments.restore(segment, twice);
  }

  /** To be called once all tasks are restored and all keys are read. */
  void restoreKeys(long nowMillis) {
    segments.giveBackFromNow();
    for (var entry : keyed) {
      if (window.adopt(entry, nowMillis)) {
        // Stored before any of these tasks can be done and its record be given back.
        adoptedKeys.add(entry.idempotencyKey);
      }
      entry.idempotencyKey = null;
    }
    keyed.clear();
    schedule();
  }

  /** A node is lost that may hold copies. */
  void lost(long nowNanos) {
    lostCopies.lost(nowNanos);
  }

  /**
   * True when a write waits for the copy on a node that is lost, as it seems: the store would
   * give that up only after seconds.
   */
  boolean isStuck(long nowNanos) {
    return writing && lostCopies.areAwaited(writingSince, STUCK_NANOS, nowNanos);
  }

  /** Writes nothing more; who waits for a note is told to ask elsewhere. */
  void close() {
    closed = true;
    Stream.concat(underWay.stream(), notes.stream()).map(Note::caller)
      .filter(Objects::nonNull).forEach(caller -> caller.elsewhere(true));
  }

  int segments() {
    return segments.size();
  }

  /** Stores a task; the reader is told. */
  void append(TaskEntry entry) {
    fresh.add(entry);
    schedule();
  }

  /** Once the marks so far are stored, calls and tells the caller, if there is one. */
  void note(Caller caller, Runnable then) {
    notes.add(new Note(caller, then));
    schedule();
  }

  /**
   * False when the queue may belong to another node by now, which this one would not know if it
   * has stood still.
   */
  boolean isCertain(long nowNanos) {
    return nowNanos - confirmedAt < CERTAIN_NANOS;
  }

  /** Calls once it is certain that the queue still belongs to this node. */
  void makeCertain(Runnable then) {
    inDoubt = true;
    note(null, then);
  }

  /** Where to append a mark on the task; {@link #note} follows. */
  Buffer marks(TaskEntry entry) {
    return segments.marks(entry.segment);
  }

  /** A dead letter begins anew, behind what the next write stores; {@link #note} follows. */
  void revive(TaskEntry entry) {
    revived.add(entry);
  }

  /** The task is wanted no more; its place is given back in time. */
  void release(TaskEntry entry) {
    segments.release(entry);
    if (segments.hasObsolete()) {
      schedule();
    }
  }

  /** To be called now and then: gives back what has become too old. */
  void tidy(long nowMillis) {
    segments.discard(window.expire(nowMillis));
    schedule();
  }

  private void schedule() {
    if (!scheduled && !writing && !closed) {
      scheduled = true;
      lane.atEndOfTick(() -> {
        scheduled = false;
        write();
      });
    }
  }

  private void write() {
    if (writing || closed) {
      return;
    }
    var changes = new ArrayList<Change>();
    var emptied = segments.beginWrite();
    var stored = takeFresh();
    stored.forEach(entry -> {
      entry.sequence = nextSequence++;
      segments.place(entry);
    });
    markRevived();
    segments.takeChanges(changes);
    storeKeys(stored, changes);
    emptied.forEach(segment -> changes.add(Change.remove(segment.slot)));
    segments.takeObsolete(changes);
    underWay = notes;
    notes = new ArrayList<>();
    if (changes.isEmpty() && !inDoubt) {
      written(stored);
    } else {
      inDoubt = false;
      writing = true;
      writingSince = System.nanoTime();
      write(changes, stored);
    }
  }

  /** Numbered in the order in which they line up when all this is stored, and no sooner. */
  private void markRevived() {
    for (var entry : revived) {
      entry.sequence = nextSequence++;
      Stored.revived(marks(entry), entry);
    }
    revived.clear();
  }

  /** A key is stored after its task, whose record holds it too. */
  private void storeKeys(List<TaskEntry> stored, List<Change> changes) {
    var keys = Stream.concat(
      adoptedKeys.stream(), stored.stream().map(entry -> entry.idempotencyKey))
      .filter(Objects::nonNull).toList();
    adoptedKeys.clear();
    if (!keys.isEmpty()) {
      changes.add(segments.takeKeys(window, keys));
    }
  }

  private List<TaskEntry> takeFresh() {
    var taken = new ArrayList<TaskEntry>();
    int bytes = 0;
    while (!fresh.isEmpty() && taken.size() < MAX_TASKS && bytes < MAX_BYTES) {
      var entry = fresh.poll();
      bytes += entry.bytes();
      taken.add(entry);
    }
    return taken;
  }

  private void write(List<Change> changes, List<TaskEntry> stored) {
    long began = System.nanoTime();
    ledger.write(changes).onComplete(outcome -> lane.execute(() -> {
      if (closed) {
        return;
      }
      if (outcome.failed()) {
        repeat(changes, stored, outcome.cause());
      } else if (outcome.result()) {
        confirmedAt = began;
        written(stored);
      } else {
        reader.fenced();
      }
    }));
  }

  /** What is not known to be stored is written again, until it is or another takes over. */
  private void repeat(List<Change> changes, List<TaskEntry> stored, Throwable cause) {
    if (repeats++ % LOG_EVERY == 0) {
      LOG.warn("A write of tasks is repeated: {}", cause.toString());
    }
    lane.schedule(new TimerWheel.Timer() {
      @Override
      protected void onDeadline() {
        if (!closed) {
          write(changes, stored);
        }
      }
    }, System.nanoTime() + REPEAT_NANOS);
  }

  private void tell(List<TaskEntry> stored) {
    var noted = underWay;
    underWay = List.of();
    stored.forEach(reader::stored);
    for (var note : noted) {
      note.then.run();
      if (note.caller != null) {
        note.caller.done();
      }
    }
  }

  private void written(List<TaskEntry> stored) {
    try {
      tell(stored);
    } catch (RuntimeException broken) {
      // What is stored is right: the queue begins anew with that.
      LOG.error("A queue is opened again, as what follows from a write has failed", broken);
      reader.fenced();
      return;
    }
    writing = false;
    if (!fresh.isEmpty() || !notes.isEmpty() || segments.hasObsolete()) {
      // What has come meanwhile, and what comes in the rest of this tick.
      schedule();
    }
  }
}

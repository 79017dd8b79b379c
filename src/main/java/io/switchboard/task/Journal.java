package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
  /** A segment of so many bytes takes no more tasks. */
  private static final int SEGMENT_BYTES = 1 << 20;
  private static final long REPEAT_NANOS = 50_000_000;
  /** A write that was begun within this time of a loss may wait for a copy in vain. */
  private static final long AFTER_LOSS_NANOS = 2_000_000_000;
  private static final long STUCK_NANOS = 500_000_000;

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
  private final Set<Segment> segments = new LinkedHashSet<>();
  private final ArrayDeque<TaskEntry> fresh = new ArrayDeque<>();
  /** The segment that takes new tasks; null for none yet. */
  private Segment open;
  /** Keys that only the records of their tasks hold. */
  private final List<String> adoptedKeys = new ArrayList<>();
  private List<Note> notes = new ArrayList<>();
  private List<Note> underWay = List.of();
  /** Segments to which the next write adds. */
  private final List<Segment> touched = new ArrayList<>();
  /** What is stored in all segments, and how much of it belongs to tasks that are wanted. */
  private long storedBytes;
  private long liveBytes;
  private final List<Slot> obsolete = new ArrayList<>();
  /** How many of the obsolete slots must wait until a higher number stands. */
  private int keptObsolete;
  private int nextNumber;
  private int newSegments;
  private long nextSequence = 1;
  private int repeats;
  private boolean writing;
  private long writingSince;
  /** When a node was lost that may hold copies. */
  private long lossAt = System.nanoTime() - AFTER_LOSS_NANOS;
  private boolean scheduled;
  private boolean closed;

  Journal(Lane lane, Ledger ledger, IdempotencyWindow window, Reader reader) {
    this.lane = lane;
    this.ledger = ledger;
    this.window = window;
    this.reader = reader;
  }

  /**
   * A segment that a former owner wrote.
   *
   * @param twice the indices of tasks that another segment holds, too: only that one counts
   */
  void restore(Segment segment, List<Integer> twice) {
    for (var entry : segment.living()) {
      nextSequence = Math.max(nextSequence, entry.sequence + 1);
    }
    if (segment.live() == 0) {
      discard(segment);
      return;
    }
    segments.add(segment);
    storedBytes += segment.length();
    liveBytes += segment.liveBytes();
    for (int index : twice) {
      Stored.acked(marks(segment), index);
      schedule();
    }
  }

  /** To be called once all is restored. */
  void restoreKeys(long nowMillis) {
    for (var segment : segments) {
      for (var entry : segment.living()) {
        if (entry.idempotencyKey != null && window.adopt(entry, nowMillis)) {
          // Stored before any of these tasks can be done and its record be given back.
          adoptedKeys.add(entry.idempotencyKey);
          schedule();
        }
        entry.idempotencyKey = null;
      }
    }
  }

  /** A node is lost. */
  void lost(long nowNanos) {
    lossAt = nowNanos;
  }

  /**
   * True when a write waits for the copy on a node that is lost, as it seems: the store would
   * give that up only after seconds.
   */
  boolean isStuck(long nowNanos) {
    return writing && nowNanos - writingSince > STUCK_NANOS
      && writingSince - lossAt < AFTER_LOSS_NANOS;
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
    entry.sequence = nextSequence++;
    fresh.add(entry);
    schedule();
  }

  /** Once the marks so far are stored, calls and tells the caller, if there is one. */
  void note(Caller caller, Runnable then) {
    notes.add(new Note(caller, then));
    schedule();
  }

  /** Where to append a mark on the task; {@link #note} follows. */
  Buffer marks(TaskEntry entry) {
    return marks(entry.segment);
  }

  private Buffer marks(Segment segment) {
    if (!segment.isTouched()) {
      touched.add(segment);
    }
    return segment.pending();
  }

  /** The task is wanted no more; its place is given back in time. */
  void release(TaskEntry entry) {
    var segment = entry.segment;
    segment.done(entry);
    liveBytes -= entry.bytes();
    if (segment.live() == 0 && segment != open) {
      giveBack(segment);
    }
  }

  private void giveBack(Segment segment) {
    if (segments.remove(segment)) {
      storedBytes -= segment.length();
      discard(segment);
    }
  }

  private void discard(Segment segment) {
    obsolete.add(segment.slot);
    schedule();
  }

  /** To be called now and then: gives back what has become too old. */
  void tidy(long nowMillis) {
    obsolete.addAll(window.expire(nowMillis));
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
    newSegments = 0;
    var changes = new ArrayList<Change>();
    var emptied = compact();
    var stored = takeFresh();
    stored.forEach(this::place);
    for (var segment : touched) {
      var change = segment.change();
      storedBytes += change.bytes().length;
      changes.add(change);
    }
    touched.clear();
    storeKeys(stored, changes);
    emptied.forEach(segment -> changes.add(Change.remove(segment.slot)));
    removeObsolete(changes);
    underWay = notes;
    notes = new ArrayList<>();
    if (changes.isEmpty()) {
      written(stored);
    } else {
      writing = true;
      writingSince = System.nanoTime();
      write(changes, stored);
    }
  }

  /** A key is stored after its task, whose record holds it too. */
  private void storeKeys(List<TaskEntry> stored, List<Change> changes) {
    var keys = Stream.concat(
      adoptedKeys.stream(), stored.stream().map(entry -> entry.idempotencyKey))
      .filter(Objects::nonNull).toList();
    adoptedKeys.clear();
    if (!keys.isEmpty()) {
      var next = new Slot(Slot.Type.KEYS, ledger.epoch(), nextNumber);
      var change = window.store(keys, next);
      // A number that nothing stands under would lead a later owner astray.
      nextNumber += change.slot().equals(next) ? 1 : 0;
      changes.add(change);
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

  private void place(TaskEntry entry) {
    // No more new numbers in one write than a later owner expects: one is for keys.
    boolean isFull = open == null || open.length() >= SEGMENT_BYTES;
    if (isFull && newSegments < Slot.AHEAD - 1) {
      newSegments++;
      var full = open;
      open = new Segment(new Slot(Slot.Type.SEGMENT, ledger.epoch(), nextNumber++));
      segments.add(open);
      if (full != null && full.live() == 0) {
        giveBack(full);
      }
    }
    marks(open);
    open.add(entry);
    liveBytes += entry.bytes();
  }

  /** All but the highest number, which shows a later owner how far this one has come. */
  private void removeObsolete(List<Change> changes) {
    for (var all = obsolete.iterator(); all.hasNext();) {
      var slot = all.next();
      if (slot.epoch() != ledger.epoch() || slot.number() != nextNumber - 1) {
        changes.add(Change.remove(slot));
        all.remove();
      }
    }
    keptObsolete = obsolete.size();
  }

  /** In one write: tasks move, and the segments that are left empty are given back. */
  private List<Segment> compact() {
    if (!Compaction.isDue(storedBytes, liveBytes)) {
      return List.of();
    }
    var idle = segments.stream()
      .filter(segment -> segment != open && !segment.isTouched()).toList();
    var emptied = Compaction.choose(idle);
    for (var segment : emptied) {
      segments.remove(segment);
      storedBytes -= segment.length();
      liveBytes -= segment.liveBytes();
      segment.living().forEach(this::place);
    }
    return emptied;
  }

  private void write(List<Change> changes, List<TaskEntry> stored) {
    ledger.write(changes).onComplete(outcome -> lane.execute(() -> {
      if (closed) {
        return;
      }
      if (outcome.failed()) {
        repeat(changes, stored, outcome.cause());
      } else if (outcome.result()) {
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

  private void written(List<TaskEntry> stored) {
    var noted = underWay;
    underWay = List.of();
    stored.forEach(reader::stored);
    for (var note : noted) {
      note.then.run();
      if (note.caller != null) {
        note.caller.done();
      }
    }
    writing = false;
    if (!fresh.isEmpty() || !notes.isEmpty() || obsolete.size() > keptObsolete) {
      // What has come meanwhile, and what comes in the rest of this tick.
      schedule();
    }
  }
}

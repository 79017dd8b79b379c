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
  private static final int MAX_BYTES = 2 << 20;
  private static final long REPEAT_NANOS = 50_000_000;

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
  private List<Note> notes = new ArrayList<>();
  private List<Note> underWay = List.of();
  private Set<Segment> touched = new LinkedHashSet<>();
  private final List<Slot> obsolete = new ArrayList<>();
  /** How many of the obsolete slots must wait until a higher number stands. */
  private int keptObsolete;
  private int nextNumber;
  private long nextSequence = 1;
  private int tasks;
  private int repeats;
  private boolean heavy;
  private boolean writing;
  private boolean scheduled;
  private boolean closed;

  Journal(Lane lane, Ledger ledger, IdempotencyWindow window, Reader reader) {
    this.lane = lane;
    this.ledger = ledger;
    this.window = window;
    this.reader = reader;
  }

  /** A segment that a former owner wrote. */
  void restore(Segment segment) {
    for (var entry : segment.living()) {
      nextSequence = Math.max(nextSequence, entry.sequence + 1);
    }
    if (segment.live() == 0) {
      discard(segment);
    } else {
      segments.add(segment);
      tasks += segment.live();
    }
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
    var segment = entry.segment;
    if (segment.marks == null) {
      segment.marks = Buffer.buffer();
      touched.add(segment);
    }
    return segment.marks;
  }

  /** The task is wanted no more; its place is given back in time. */
  void release(TaskEntry entry) {
    var segment = entry.segment;
    segment.done(entry);
    tasks--;
    if (segment.live() == 0 && segments.remove(segment)) {
      discard(segment);
    }
  }

  private void discard(Segment segment) {
    obsolete.add(segment.slot);
    obsolete.add(segment.slot.of(Slot.Type.MARKS));
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
    var changes = new ArrayList<Change>();
    for (var segment : touched) {
      heavy |= segment.marked(segment.marks.length());
      changes.add(Change.append(
        segment.slot.of(Slot.Type.MARKS), segment.marks.getBytes()));
      segment.marks = null;
    }
    compact(changes);
    var stored = takeFresh();
    if (!stored.isEmpty()) {
      segments.add(putSegment(stored, changes));
      tasks += stored.size();
      storeKeys(stored, changes);
    }
    removeObsolete(changes);
    underWay = notes;
    notes = new ArrayList<>();
    touched = new LinkedHashSet<>();
    if (changes.isEmpty()) {
      written(stored);
    } else {
      writing = true;
      write(changes, stored);
    }
  }

  /** A key is stored together with its task, never before. */
  private void storeKeys(List<TaskEntry> stored, List<Change> changes) {
    var keys = stored.stream().map(entry -> entry.idempotencyKey)
      .filter(Objects::nonNull).toList();
    if (!keys.isEmpty()) {
      changes.add(window.store(
        keys, new Slot(Slot.Type.KEYS, ledger.epoch(), nextNumber++)));
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

  private Segment putSegment(List<TaskEntry> entries, List<Change> changes) {
    var slot = new Slot(Slot.Type.SEGMENT, ledger.epoch(), nextNumber++);
    var bytes = Buffer.buffer(entries.size() * 192);
    entries.forEach(entry -> Stored.record(bytes, entry));
    changes.add(Change.put(slot, bytes.getBytes()));
    changes.add(Change.put(slot.of(Slot.Type.MARKS), new byte[0]));
    return new Segment(slot, entries.toArray(TaskEntry[]::new));
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

  /** In one write: the tasks move, and their former places are given back. */
  private void compact(List<Change> changes) {
    if (!Compaction.isDue(segments.size(), tasks) && !heavy) {
      return;
    }
    heavy = false;
    var idle = segments.stream().filter(segment -> !touched.contains(segment)).toList();
    var living = new ArrayList<TaskEntry>();
    for (var segment : Compaction.choose(idle, tasks)) {
      living.addAll(segment.living());
      segments.remove(segment);
      changes.add(Change.remove(segment.slot));
      changes.add(Change.remove(segment.slot.of(Slot.Type.MARKS)));
    }
    if (!living.isEmpty()) {
      segments.add(putSegment(living, changes));
    }
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

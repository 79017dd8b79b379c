package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.TaskEntry.State;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class SegmentsTest {
  private static final int MIB = 1 << 20;

  /** Segments over a store that is a map: what stands there, and how much is written for it. */
  private static final class Model {
    private static final int MANY_ROUNDS = 500;

    private final Map<Slot, Buffer> store = new TreeMap<>();
    private final Set<TaskEntry> wanted = new LinkedHashSet<>();
    private Segments segments = new Segments(1);
    private int number;

    private Model() {
      segments.giveBackFromNow();
    }

    /** Writes as a journal does; returns how many bytes. */
    private long write(List<TaskEntry> fresh) {
      var changes = new ArrayList<Change>();
      var emptied = segments.beginWrite();
      fresh.forEach(segments::place);
      segments.takeChanges(changes);
      emptied.forEach(segment -> changes.add(Change.remove(segment.slot)));
      segments.takeObsolete(changes);
      changes.forEach(this::apply);
      return changes.stream().mapToLong(change -> change.bytes().length).sum();
    }

    private void apply(Change change) {
      var slot = change.slot();
      switch (change.action()) {
        case PUT -> store.put(slot, Buffer.buffer(change.bytes()));
        case APPEND -> {
          assertThat(store.get(slot).length()).as("in %s", slot).isEqualTo(change.at());
          store.get(slot).appendBytes(change.bytes());
        }
        default -> store.remove(slot);
      }
    }

    private TaskEntry task(int keyLength, int contentLength) {
      var entry = new TaskEntry(new TaskId(1, number++), 4,
        keyLength == 0 ? null : "ß".repeat(keyLength), 0, 0, new byte[contentLength]);
      wanted.add(entry);
      return entry;
    }

    private void allFail(String reason) {
      for (var entry : wanted) {
        entry.attempts++;
        Stored.died(segments.marks(entry.segment), entry.index, entry.attempts, reason);
        entry.addReason(reason);
        entry.state = State.DEAD;
      }
      write(List.of());
    }

    private void finish(List<TaskEntry> done) {
      done.forEach(
        entry -> Stored.acked(segments.marks(entry.segment), entry.index));
      write(List.of());
      done.forEach(segments::release);
      done.forEach(wanted::remove);
    }

    private long stored() {
      return store.values().stream().mapToLong(Buffer::length).sum();
    }

    private long live() {
      return wanted.stream().mapToLong(entry -> {
        var out = Buffer.buffer();
        Stored.record(out, entry);
        return out.length();
      }).sum();
    }

    /** Writes that nobody asked for come to an end, and leave little that is not wanted. */
    private void settles() {
      long before = stored();
      long written = 0;
      long last = 1;
      for (int round = 0; round < MANY_ROUNDS && last > 0; round++) {
        last = write(List.of());
        written += last;
      }
      assertThat(last).as("still written each time, with %s stored", stored()).isZero();
      assertThat(written).isLessThanOrEqualTo(2 * before);
      assertThat(stored()).isLessThanOrEqualTo(2 * live() + 5 * MIB);
    }

    /** A later owner takes the segments over. */
    private void takeOver() {
      segments = new Segments(2);
      wanted.clear();
      store.forEach((slot, bytes) -> {
        var segment = new Segment(
          slot, Stored.read(bytes.getBytes(), TaskEntry::new), bytes.length());
        wanted.addAll(segment.living());
        segments.restore(segment, List.of());
      });
      segments.giveBackFromNow();
    }

    private Set<TaskId> ids() {
      return wanted.stream().map(entry -> entry.id).collect(Collectors.toSet());
    }
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void emptyingSegmentsEndsWhateverStandsInThem(@ForAll @IntRange(max = 255) int keyLength,
    @ForAll @IntRange(max = 2_000) int contentLength, @ForAll @IntRange(max = 20) int failures,
    @ForAll @IntRange(max = 1_500) int reasonLength, @ForAll @IntRange(max = 100) int done,
    @ForAll long seed) {
    var random = new Random(seed);
    var model = new Model();
    int each = 100 + 2 * keyLength + contentLength + failures * Math.min(1_024, reasonLength);
    int batches = Math.max(1, Math.min(16 * MIB / each, 25_000) / 250);
    for (int i = 0; i < batches; i++) {
      var fresh = new ArrayList<TaskEntry>();
      for (int j = 0; j < 250; j++) {
        fresh.add(model.task(random.nextInt(keyLength + 1), contentLength));
      }
      model.write(fresh);
    }
    for (int i = 0; i < failures; i++) {
      model.allFail(i + "x".repeat(reasonLength));
    }
    model.finish(model.wanted.stream().filter(entry -> random.nextInt(100) < done).toList());
    // One that is full goes on until the next task comes.
    model.write(List.of(model.task(0, 0)));
    model.settles();
    var ids = model.ids();
    model.takeOver();
    assertThat(model.ids()).isEqualTo(ids);
    model.settles();
    model.takeOver();
    assertThat(model.ids()).isEqualTo(ids);
  }
}

package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.TaskEntry.State;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTest {
  private static TaskEntry entry(int number, String key) {
    var entry = new TaskEntry(
      new TaskId(3, number), 7, key, 11, 12, new byte[] {1, 2, (byte) number});
    entry.sequence = number;
    return entry;
  }

  private static TaskEntry[] written(TaskEntry... entries) {
    var out = Buffer.buffer();
    for (var entry : entries) {
      Stored.record(out, entry);
    }
    return Stored.records(out.getBytes(), TaskEntry::new).toArray(TaskEntry[]::new);
  }

  @Test
  void aTaskComesBackAsItWas() {
    var dead = entry(1, "key");
    dead.attempts = 5;
    dead.reasons = List.of("one", "two");
    dead.state = State.DEAD;
    var back = written(dead, entry(2, null));
    assertThat(back[0]).usingRecursiveComparison()
      .comparingOnlyFields("id", "priority", "key", "notBefore", "expires", "content",
        "attempts", "reasons", "sequence", "state").isEqualTo(dead);
    assertThat(back[1].key).isNull();
    assertThat(back[1].state).isEqualTo(State.STORING);
  }

  @Test
  void marksSayWhatBecameOfThemAndRepeatedOnesNoMore() {
    var entries = written(entry(0, null), entry(1, null), entry(2, null), entry(3, null));
    var marks = Buffer.buffer();
    Stored.acked(marks, 0);
    Stored.failed(marks, 1, 1, 500, "first");
    Stored.failed(marks, 1, 2, 900, "second");
    Stored.died(marks, 2, 5, "enough");
    Stored.died(marks, 3, 5, "enough");
    Stored.revived(marks, 3);
    var twice = Buffer.buffer().appendBuffer(marks).appendBuffer(marks);
    for (var each : List.of(marks, twice)) {
      var copy = written(entries);
      Stored.apply(each.getBytes(), copy);
      assertThat(copy[0]).isNull();
      assertThat(copy[1].attempts).isEqualTo(2);
      assertThat(copy[1].notBefore).isEqualTo(900);
      assertThat(copy[1].reasons).endsWith("first", "second");
      assertThat(copy[2].state).isEqualTo(State.DEAD);
      assertThat(copy[3].state).isEqualTo(State.STORING);
      assertThat(copy[3].attempts).isZero();
      assertThat(copy[3].reasons).isEmpty();
    }
  }

  @Test
  void segmentsAreMergedWhenThereAreTooManyTheSparsestFirst() {
    var segments = new ArrayList<Segment>();
    for (int i = 0; i < 129; i++) {
      int size = i == 5 ? 100 : 1;
      var entries = new TaskEntry[size];
      for (int j = 0; j < size; j++) {
        entries[j] = entry(j, null);
      }
      segments.add(new Segment(new Slot(Slot.Type.SEGMENT, 1, i), entries));
    }
    assertThat(Compaction.choose(segments.subList(0, 128), 127)).isEmpty();
    var chosen = Compaction.choose(segments, 228);
    assertThat(chosen).isEmpty();
    chosen = Compaction.choose(segments, 60);
    assertThat(chosen).hasSize(129);
    assertThat(chosen.get(128).live()).isEqualTo(100);
  }
}

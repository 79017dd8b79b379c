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

  private static Buffer records(TaskEntry... entries) {
    var out = Buffer.buffer();
    for (var entry : entries) {
      Stored.record(out, entry);
    }
    return out;
  }

  private static TaskEntry[] read(Buffer segment) {
    return Stored.read(segment.getBytes(), TaskEntry::new).toArray(TaskEntry[]::new);
  }

  @Test
  void aTaskComesBackAsItWas() {
    var dead = entry(1, "key");
    dead.attempts = 5;
    dead.reasons = List.of("one", "two");
    dead.state = State.DEAD;
    dead.idempotencyKey = "once";
    dead.submittedAt = 4_000;
    var back = read(records(dead, entry(2, null)));
    assertThat(back[0]).usingRecursiveComparison()
      .comparingOnlyFields("id", "priority", "key", "notBefore", "expires", "content",
        "attempts", "reasons", "sequence", "state", "idempotencyKey",
        "submittedAt").isEqualTo(dead);
    assertThat(back[1].key).isNull();
    assertThat(back[1].idempotencyKey).isNull();
    assertThat(back[1].state).isEqualTo(State.STORING);
  }

  @Test
  void marksSayWhatBecameOfThemAndRepeatedOnesNoMore() {
    var entries = records(entry(0, null), entry(1, null), entry(2, null), entry(3, null));
    var marks = Buffer.buffer();
    Stored.acked(marks, 0);
    Stored.failed(marks, 1, 1, 500, "first");
    Stored.failed(marks, 1, 2, 900, "second");
    Stored.died(marks, 2, 5, "enough");
    Stored.died(marks, 3, 5, "enough");
    var revived = entry(3, null);
    revived.index = 3;
    revived.sequence = 77;
    Stored.revived(marks, revived);
    var twice = Buffer.buffer().appendBuffer(marks).appendBuffer(marks);
    for (var each : List.of(marks, twice)) {
      var copy = read(entries.copy().appendBuffer(each));
      assertThat(copy[0]).isNull();
      assertThat(copy[1].attempts).isEqualTo(2);
      assertThat(copy[1].notBefore).isEqualTo(900);
      assertThat(copy[1].reasons).endsWith("first", "second");
      assertThat(copy[2].state).isEqualTo(State.DEAD);
      assertThat(copy[3].state).isEqualTo(State.STORING);
      assertThat(copy[3].attempts).isZero();
      assertThat(copy[3].reasons).isEmpty();
      assertThat(copy[3].sequence).isEqualTo(77);
      assertThat(copy[3].expires).isZero();
    }
  }

  @Test
  void tasksAndMarksStandInOneSegmentInAnyOrder() {
    var segment = records(entry(0, null));
    Stored.acked(segment, 0);
    Stored.record(segment, entry(1, "key"));
    var back = read(segment);
    assertThat(back[0]).isNull();
    assertThat(back[1].key).isEqualTo("key");
  }

  private static Segment segment(int number, int tasks, int bytes) {
    var entries = new ArrayList<TaskEntry>();
    for (int i = 0; i < tasks; i++) {
      var entry = entry(i, null);
      entry.recordBytes = 67;
      entries.add(entry);
    }
    return new Segment(new Slot(Slot.Type.SEGMENT, 1, number), entries, bytes);
  }

  @Test
  void segmentsAreEmptiedWhenTheyHoldMuchThatIsDoneTheSparsestFirst() {
    assertThat(Compaction.isDue(4 << 20, 0)).isFalse();
    assertThat(Compaction.isDue((6 << 20) + 1, 1 << 20)).isTrue();
    assertThat(Compaction.isDue(30 << 20, 14 << 20)).isFalse();
    var dense = segment(1, 900, 100_000);
    var sparse = segment(2, 200, 1 << 20);
    var sparsest = segment(3, 1, 1 << 20);
    assertThat(Compaction.choose(List.of(dense, sparse, sparsest)))
      .containsExactly(sparsest, sparse);
    assertThat(Compaction.choose(List.of(segment(4, 2_000, 1 << 20)))).hasSize(1);
    assertThat(Compaction.choose(List.of())).isEmpty();
    assertThat(Compaction.choose(List.of(dense))).as("more than half is wanted").isEmpty();
  }
}

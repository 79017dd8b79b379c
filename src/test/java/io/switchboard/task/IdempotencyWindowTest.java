package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.IdempotencyWindow.Known;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyWindowTest {
  private static final long END = IdempotencyWindow.WINDOW_MILLIS;
  private final IdempotencyWindow window = new IdempotencyWindow();

  private static Slot slot(int number) {
    return new Slot(Slot.Type.KEYS, 7, number);
  }

  private Known add(String key, long atMillis) {
    var known = new Known(new TaskId(1, atMillis), 42, atMillis);
    window.add(key, known);
    return known;
  }

  @Test
  void aKeyIsKnownWithinTheWindow() {
    var known = add("a", 1_000);
    assertThat(window.find("a", 1_000)).isEqualTo(known);
    assertThat(window.find("a", 1_000 + END - 1)).isEqualTo(known);
    assertThat(window.find("a", 1_000 + END)).isNull();
    assertThat(window.find("b", 1_000)).isNull();
  }

  @Test
  void keysAreStoredInChunksAndRestored() {
    add("a", 1);
    var put = window.store(List.of("a"), slot(0));
    assertThat(put.action()).isEqualTo(Change.Action.PUT);
    var known = add("b", 2);
    var append = window.store(List.of("b"), slot(1));
    assertThat(append.action()).isEqualTo(Change.Action.APPEND);
    assertThat(append.slot()).isEqualTo(slot(0));
    add("c", 60_000);
    assertThat(window.store(List.of("c"), slot(2)).slot()).isEqualTo(slot(2));

    var restored = new IdempotencyWindow();
    restored.restore(slot(0), append.bytes());
    assertThat(restored.find("b", 2)).isEqualTo(known);
    assertThat(restored.expire(END)).isEmpty();
    assertThat(restored.expire(END + 2)).containsExactly(slot(0));
    assertThat(restored.size()).isZero();
  }

  /** Its owner died when the task was stored and its key was not. */
  @Test
  void aKeyIsTakenFromItsTaskWhenNoChunkHasIt() {
    var entry = new TaskEntry(new TaskId(1, 2), 4, null, 0, 0, new byte[] {3});
    entry.idempotencyKey = "a";
    entry.submittedAt = 1_000;
    assertThat(window.adopt(entry, 1_000 + END)).isFalse();
    assertThat(window.adopt(entry, 2_000)).isTrue();
    assertThat(window.find("a", 2_000)).isEqualTo(
      new Known(entry.id, Submission.hash(entry.content), 1_000));
    assertThat(window.adopt(entry, 2_000)).isFalse();
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    for (int i = 0; i <= IdempotencyWindow.MAX_KEYS; i++) {
      add("k" + i, i);
      window.store(List.of("k" + i), slot(i));
    }
    assertThat(window.expire(IdempotencyWindow.MAX_KEYS)).hasSize(1);
    assertThat(window.size()).isLessThanOrEqualTo(IdempotencyWindow.MAX_KEYS);
  }
}

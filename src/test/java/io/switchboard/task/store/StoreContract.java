package io.switchboard.task.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.Change;
import io.switchboard.task.Change.Action;
import io.switchboard.task.Slot;
import io.switchboard.task.Slot.Type;
import io.switchboard.task.Store;
import io.switchboard.testing.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a queue relies on, whatever keeps its tasks. */
abstract class StoreContract {
  private static int exchanges;
  private final String exchange = "exchange-" + exchanges++;

  /** The store as one node sees it. */
  abstract Store one();

  /** The same store as another node sees it, where there is one. */
  abstract Store other();

  private Store.Opened open(Store store) {
    return open(store, 0);
  }

  private Store.Opened open(Store store, int life) {
    return Await.result(store.open(exchange, 1, life, epoch -> { }));
  }

  private static boolean write(Store.Opened opened, Change... changes) {
    return Await.result(opened.ledger().write(List.of(changes)));
  }

  private static Slot slot(Store.Opened opened, Type type, int number) {
    return new Slot(type, opened.ledger().epoch(), number);
  }

  private static Change change(Action action, Slot slot, String text) {
    return new Change(action, slot, 0, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Change append(Slot slot, int at, String text) {
    return new Change(Action.APPEND, slot, at, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> texts(Store.Opened opened) {
    var texts = new TreeMap<String, String>();
    opened.slots().forEach((slot, bytes) ->
      texts.put(slot.type() + " " + slot.number(), new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private static boolean put(Store.Opened opened, String text) {
    return write(opened, change(Action.PUT, slot(opened, Type.SEGMENT, 0), text),
      change(Action.PUT, slot(opened, Type.KEYS, 0), text));
  }

  @Test
  void whatWasErasedIsBegunAnew() {
    var first = open(one());
    assertThat(put(first, "a")).isTrue();
    Await.result(other().erase(exchange, 1));
    assertThat(put(first, "late")).isFalse();

    var second = open(one(), 1);
    assertThat(second.slots()).isEmpty();
    assertThat(second.ledger().epoch()).isGreaterThan(first.ledger().epoch());
    assertThat(put(second, "b")).isTrue();
    // Too late: it changes nothing, and the owner goes on.
    Await.result(other().erase(exchange, 1));
    assertThat(write(second)).isTrue();
    assertThat(texts(open(other(), 1))).isEqualTo(Map.of("SEGMENT 0", "b", "KEYS 0", "b"));
  }

  @Test
  void aLaterLifeBeginsEmptyWhereNobodyHasErased() {
    var former = open(one(), 3);
    assertThat(put(former, "a")).isTrue();
    var present = open(other(), 4);
    assertThat(present.slots()).isEmpty();
    assertThat(put(former, "late")).isFalse();
    assertThat(put(present, "b")).isTrue();
    assertThat(texts(open(one(), 4))).isEqualTo(Map.of("SEGMENT 0", "b", "KEYS 0", "b"));
  }

  @Test
  void whoHasNotHeardOfALaterLifeGoesOnWithIt() {
    assertThat(put(open(one(), 2), "b")).isTrue();
    var behind = open(other(), 1);
    assertThat(texts(behind)).containsEntry("SEGMENT 0", "b");
    assertThat(write(behind, append(behind.slots().keySet().iterator().next(), 1, "c")))
      .isTrue();
    assertThat(open(one(), 2).slots()).hasSize(2);
    Await.result(other().erase(exchange, 2));
    assertThat(open(one(), 2).slots()).hasSize(2);
  }

  @Test
  void aNameWhoseDeletionsAreForgottenMayCountFromZeroAgain() {
    assertThat(put(open(one(), 5), "a")).isTrue();
    Await.result(one().erase(exchange, 6));
    assertThat(put(open(one(), 0), "b")).isTrue();
    assertThat(open(other(), 1).slots()).isEmpty();
  }

  @Test
  void whatWasWrittenIsThereForTheNext() {
    var first = open(one());
    assertThat(first.slots()).isEmpty();
    var segment = slot(first, Type.SEGMENT, 0);
    var removed = slot(first, Type.SEGMENT, 1);
    assertThat(write(first, change(Action.PUT, segment, "a"),
      change(Action.PUT, removed, "gone"))).isTrue();
    assertThat(write(first, append(segment, 1, "bc"), change(Action.REMOVE, removed, "")))
      .isTrue();
    assertThat(write(first, append(segment, 3, "d"))).isTrue();
    var second = open(other());
    assertThat(texts(second)).containsExactly(Map.entry("SEGMENT 0", "abcd"));
    assertThat(second.ledger().epoch()).isGreaterThan(first.ledger().epoch()).isPositive();
    assertThat(write(second, append(segment, 4, "e"))).isTrue();
    assertThat(texts(open(one()))).containsExactly(Map.entry("SEGMENT 0", "abcde"));
  }

  @Test
  void itsEpochIsToldBeforeAllElseIsDone() {
    var told = new AtomicInteger();
    var opened = Await.result(one().open(exchange, 1, 0, told::set)
      .map(result -> Map.entry(told.get(), result.ledger().epoch())));
    assertThat(opened.getKey()).isEqualTo(opened.getValue()).isPositive();
    assertThat(open(other()).ledger().epoch()).isGreaterThan(told.get());
  }

  @Test
  void aWriteThatIsRepeatedDoesNoHarm() {
    var ledger = open(one());
    var slot = slot(ledger, Type.SEGMENT, 0);
    for (int i = 0; i < 2; i++) {
      assertThat(write(ledger, change(Action.PUT, slot, "a"))).isTrue();
    }
    for (int i = 0; i < 2; i++) {
      assertThat(write(ledger, append(slot, 1, "bc"))).isTrue();
    }
    assertThat(texts(open(other()))).containsExactly(Map.entry("SEGMENT 0", "abc"));
    var third = open(one());
    for (int i = 0; i < 2; i++) {
      // Where it stands in the middle of what was there, too.
      assertThat(write(third, append(slot, 2, "d"))).isTrue();
    }
    assertThat(texts(open(other()))).containsExactly(Map.entry("SEGMENT 0", "abd"));
    var fifth = open(one());
    for (int i = 0; i < 2; i++) {
      assertThat(write(fifth, change(Action.REMOVE, slot, ""))).isTrue();
    }
    assertThat(open(other()).slots()).isEmpty();
  }

  @Test
  void nothingIsAddedBehindAGap() {
    var ledger = open(one());
    var slot = slot(ledger, Type.SEGMENT, 0);
    assertThat(write(ledger, append(slot, 1, "b"))).isFalse();
    assertThat(write(ledger, change(Action.PUT, slot, "a"))).isTrue();
    assertThat(write(ledger, append(slot, 2, "c"))).isFalse();
    assertThat(texts(open(other()))).containsExactly(Map.entry("SEGMENT 0", "a"));
  }

  @Test
  void aFormerOwnerCanNeitherAddNorRemove() {
    var former = open(one());
    var slot = slot(former, Type.SEGMENT, 0);
    write(former, change(Action.PUT, slot, "a"));
    var present = open(other());
    for (int ahead = 0; ahead <= Slot.AHEAD; ahead++) {
      assertThat(write(former, change(Action.PUT, slot(former, Type.SEGMENT, ahead), "late")))
        .isFalse();
    }
    assertThat(write(former, append(slot, 1, "late"))).isFalse();
    assertThat(write(former, change(Action.REMOVE, slot, ""))).isFalse();
    assertThat(write(present, append(slot, 1, "b"))).isTrue();
    assertThat(texts(open(one()))).containsExactly(Map.entry("SEGMENT 0", "ab"));
  }

  @Test
  void norDoesItComeBackWhenWhatItWroteWasMovedByTheNextOwner() {
    var former = open(one());
    var slot = slot(former, Type.SEGMENT, 0);
    write(former, change(Action.PUT, slot, "a"));
    var present = open(other());
    write(present, change(Action.PUT, slot(present, Type.SEGMENT, 0), "moved"),
      change(Action.REMOVE, slot, ""));
    assertThat(write(former, change(Action.PUT, slot, "a"))).isFalse();
    assertThat(write(former, append(slot, 1, "late"))).isFalse();
    assertThat(texts(open(one()))).containsExactly(Map.entry("SEGMENT 0", "moved"));
  }

  @Test
  void anOwnerThatNeverWroteCanWriteNothingLater() {
    var idle = open(one());
    open(other());
    assertThat(write(idle, change(Action.PUT, slot(idle, Type.KEYS, 0), "late"))).isFalse();
    assertThat(open(one()).slots()).isEmpty();
  }

  @Test
  void whoWritesNothingFindsOutWhetherAnotherHasTakenOver() {
    var former = open(one());
    assertThat(write(former)).isTrue();
    assertThat(write(former, change(Action.PUT, slot(former, Type.SEGMENT, 0), "a"))).isTrue();
    assertThat(write(former)).isTrue();
    var present = open(other());
    assertThat(write(former)).isFalse();
    assertThat(write(present)).isTrue();
    assertThat(texts(open(one()))).containsExactly(Map.entry("SEGMENT 0", "a"));
  }

  @Test
  void exchangesAreKeptApart() {
    write(open(one()), change(Action.PUT, new Slot(Type.SEGMENT, 1, 0), "a"));
    assertThat(Await.result(one().open(exchange + "-2", 1, 0, epoch -> { })).slots()).isEmpty();
  }
}

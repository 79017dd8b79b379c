package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.TaskEntry.State;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog();
  private long number;

  private TaskEntry add(int priority, String key, long notBefore) {
    var entry = new TaskEntry(
      new TaskId(1, ++number), priority, key, notBefore, 0, new byte[0]);
    backlog.register(entry);
    backlog.add(entry, 100);
    return entry;
  }

  private TaskEntry take() {
    var entry = backlog.next();
    if (entry != null) {
      backlog.move(entry, State.LEASED);
    }
    return entry;
  }

  @Test
  void higherPriorityFirstThenTheOrderOfSubmission() {
    var low = add(0, null, 0);
    var first = add(5, null, 0);
    var second = add(5, null, 0);
    assertThat(take()).isSameAs(first);
    assertThat(take()).isSameAs(second);
    assertThat(take()).isSameAs(low);
    assertThat(take()).isNull();
    assertThat(backlog.count(State.LEASED)).isEqualTo(3);
  }

  @Test
  void whatIsNotDueWaits() {
    var later = add(9, null, 101);
    assertThat(later.state).isEqualTo(State.DELAYED);
    assertThat(take()).isNull();
    backlog.again(later, 101, false);
    assertThat(take()).isSameAs(later);
  }

  @Test
  void ofOneKeyOnlyTheOldestWhateverItsPriorityAndDelay() {
    var first = add(0, "k", 200);
    var second = add(9, "k", 0);
    var other = add(1, "l", 0);
    assertThat(second.state).isEqualTo(State.BLOCKED);
    assertThat(take()).isSameAs(other);
    assertThat(take()).isNull();
    backlog.again(first, 200, false);
    assertThat(take()).isSameAs(first);
    assertThat(take()).isNull();
    backlog.forget(first);
    assertThat(backlog.finished(first, 200)).isSameAs(second);
    assertThat(take()).isSameAs(second);
    assertThat(backlog.finished(second, 200)).isNull();
  }

  @Test
  void whatComesAgainGoesFirst() {
    var first = add(4, null, 0);
    var second = add(4, null, 0);
    assertThat(take()).isSameAs(first);
    backlog.again(first, 100, true);
    assertThat(take()).isSameAs(first);
    assertThat(take()).isSameAs(second);
  }

  @Test
  void whatIsNoLongerReadyLeavesItsLine() {
    var next = add(4, null, 0);
    var dead = add(4, null, 0);
    var gone = add(4, null, 0);
    var last = add(4, null, 0);
    backlog.move(dead, State.DEAD);
    backlog.forget(gone);
    assertThat(next.behind).isSameAs(last);
    assertThat(dead.before).isNull();
    assertThat(take()).isSameAs(next);
    assertThat(take()).isSameAs(last);
    assertThat(take()).isNull();
  }

  @Test
  void aDyingTaskIsNotTheNextOneOfItsKey() {
    var first = add(4, "k", 0);
    var dying = add(4, "k", 0);
    var third = add(4, "k", 0);
    backlog.move(dying, State.SETTLING);
    assertThat(take()).isSameAs(first);
    assertThat(backlog.finished(first, 100)).isNull();
    assertThat(dying.state).isEqualTo(State.SETTLING);
    assertThat(backlog.finished(dying, 100)).isSameAs(third);
    assertThat(take()).isSameAs(third);
  }
}

package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.task.TaskEntry.State;
import org.junit.jupiter.api.Test;

/** Who keeps a task that was handed out by a former owner. */
class LeasesTest {
  private static final long EARLIER = 3L << 32 | 7;
  private static final long LATER = 4L << 32 | 1;
  private static final long OWN = 5L << 32 | 1;

  private final Backlog backlog = new Backlog();
  private final Leases leases = new Leases(null, backlog, 5);
  private final TaskEntry entry = new TaskEntry(new TaskId(1, 1), 4, null, 0, 0, new byte[0]);
  private final Consumer first = consumer(1);
  private final Consumer second = consumer(2);

  LeasesTest() {
    backlog.register(entry);
    backlog.add(entry, 0);
  }

  private Consumer consumer(long worker) {
    var consumer = leases.attach(null, 0, worker, false);
    consumer.terms(1, 1_000);
    return consumer;
  }

  private void assertHeldBySecondAlone() {
    assertThat(entry.holder).isSameAs(second);
    assertThat(entry.attempts).isEqualTo(2);
    assertThat(first.held()).isEmpty();
    assertThat(second.held()).containsExactly(entry);
    assertThat(leases.leased(EARLIER)).isNull();
    assertThat(leases.leased(LATER)).isSameAs(entry);
  }

  @Test
  void theLaterLeaseCountsThoughTheEarlierWasHeardOfFirst() {
    assertThat(leases.adopt(first, entry, EARLIER, 1)).isTrue();
    assertThat(leases.adopt(second, entry, LATER, 2)).isTrue();
    assertHeldBySecondAlone();
  }

  @Test
  void theEarlierLeaseIsOverOnceTheLaterWasHeardOf() {
    assertThat(leases.adopt(second, entry, LATER, 2)).isTrue();
    assertThat(leases.mayBeHeld(entry, EARLIER)).isFalse();
    assertThat(leases.adopt(first, entry, EARLIER, 1)).isFalse();
    assertHeldBySecondAlone();
  }

  @Test
  void whatIsToldTwiceChangesNothing() {
    assertThat(leases.adopt(second, entry, LATER, 2)).isTrue();
    assertThat(leases.adopt(second, entry, LATER, 2)).isFalse();
    assertHeldBySecondAlone();
  }

  @Test
  void whatThisOwnerHasHandedOutIsAdoptedByNobody() {
    backlog.move(entry, State.LEASED);
    entry.token = OWN;
    assertThat(leases.adopt(first, entry, LATER, 2)).isFalse();
    assertThat(leases.adopt(first, null, LATER, 2)).isFalse();
  }

  @Test
  void whoTakesNoMoreIsForgottenWithItsLastTask() {
    leases.adopt(first, entry, LATER, 2);
    leases.close(first);
    leases.close(second);
    assertThat(leases.find(null, 1)).isSameAs(first);
    assertThat(leases.find(null, 2)).isNull();
    leases.end(entry);
    assertThat(leases.find(null, 1)).isNull();
  }
}

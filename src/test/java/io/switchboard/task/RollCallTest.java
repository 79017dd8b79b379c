package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a roll call of one node, this one, is over. */
class RollCallTest {
  private final AtomicInteger over = new AtomicInteger();
  private final RollCall call = new RollCall(7);

  private void await(int lanes) {
    call.await(null, lanes);
  }

  private void assertOver(int times) {
    assertThat(over).hasValue(times);
  }

  @Test
  void itIsOverWhenAllLanesHaveAnsweredAndAllTheirWorkersHaveAttached() {
    await(2);
    call.whenOver(over::incrementAndGet);
    call.answered(null, 0);
    call.answered(null, 2);
    call.attached(null);
    assertOver(0);
    call.attached(null);
    assertOver(1);
    call.attached(null);
    call.gone(null);
    assertOver(1);
  }

  @Test
  void whoWaitsForItAfterTheLastAnswerIsCalledAtOnce() {
    await(1);
    call.answered(null, 1);
    call.attached(null);
    assertOver(0);
    call.whenOver(over::incrementAndGet);
    assertOver(1);
  }

  @Test
  void itIsOverWithANodeThatIsGoneOrAtTheLimit() {
    await(3);
    call.whenOver(over::incrementAndGet);
    call.gone(null);
    assertOver(1);
    var late = new RollCall(8);
    late.await(null, 1);
    late.whenOver(over::incrementAndGet);
    late.onDeadline();
    assertOver(2);
  }

  @Test
  void aLaterEpochIsNotTakenForAnEarlierOne() {
    var owners = new Owners(null, null);
    assertThat(owners.learned("jobs", null, 5)).isTrue();
    assertThat(owners.learned("jobs", null, 4)).isFalse();
    assertThat(owners.learned("jobs", null, 5)).isTrue();
    assertThat(owners.learned("others", null, 1)).isTrue();
  }
}

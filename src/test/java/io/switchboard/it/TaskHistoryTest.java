package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.it.TaskHistory.Delivery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find. */
class TaskHistoryTest {
  private final TaskHistory history = new TaskHistory();

  @BeforeEach
  void twoTasksOfOneKey() {
    for (int number = 1; number <= 2; number++) {
      history.submitted(number, "k");
      history.answered(number, "id-" + number);
    }
  }

  private void delivered(int number, String id, String token, long at) {
    history.delivered(new Delivery(number, id, token, 1, "alpha", at));
  }

  @Test
  void whatIsWellIsLeftAlone() {
    delivered(1, "id-1", "a", 1);
    history.acked(1);
    history.dead(2);
    assertThat(history.offences()).isEmpty();
    assertThat(history.duplicates()).isZero();
  }

  @Test
  void aLostTask() {
    delivered(1, "id-1", "a", 1);
    assertThat(history.offences()).singleElement().asString().contains("never handed out");
  }

  @Test
  void anInventedTask() {
    delivered(1, "id-1", "a", 1);
    delivered(2, "id-2", "b", 2);
    delivered(3, "id-3", "c", 3);
    assertThat(history.offences()).singleElement().asString().contains("never submitted");
  }

  @Test
  void aTokenThatTwoHold() {
    delivered(1, "id-1", "a", 1);
    delivered(1, "id-1", "a", 2);
    delivered(2, "id-2", "b", 3);
    assertThat(history.offences()).singleElement().asString().contains("one token");
    assertThat(history.duplicates()).isEqualTo(1);
    assertThat(history.redeliveryMillis("alpha", 1)).isZero();
  }

  @Test
  void aKeyOutOfOrder() {
    delivered(2, "id-2", "b", 1);
    delivered(1, "id-1", "a", 2);
    assertThat(history.offences()).singleElement().asString().contains("came before");
  }

  @Test
  void aRedeliveryMayBreakTheOrder() {
    delivered(2, "id-2", "b", 5_000);
    delivered(1, "id-1", "a", 1_000);
    delivered(1, "id-1", "c", 9_000);
    assertThat(history.offences()).isEmpty();
    assertThat(history.redeliveryMillis("alpha", 2_000)).isEqualTo(7);
  }
}

package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.it.TaskHistory.Delivery;
import java.util.Map;
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
    history.delivered(new Delivery(number, id, token, "alpha", at));
  }

  private void done(int number, String token, long at) {
    delivered(number, "id-" + number, token, at);
    history.spoken(token, at + 1);
    history.acked(token, at + 2);
  }

  private void offends(String what) {
    assertThat(history.offences()).singleElement().asString().contains(what);
  }

  @Test
  void whatIsWellIsLeftAlone() {
    done(1, "a", 1);
    history.dead(2);
    assertThat(history.offences()).isEmpty();
    assertThat(history.duplicates()).isEmpty();
  }

  @Test
  void aLostTask() {
    done(1, "a", 1);
    offends("never handed out");
  }

  @Test
  void aTaskThatNobodyAcked() {
    done(1, "a", 1);
    delivered(2, "id-2", "b", 5);
    offends("never acked");
  }

  @Test
  void oneThatWasLostMayHaveAckedIt() {
    done(1, "a", 1);
    delivered(2, "id-2", "b", 5);
    history.troubled("alpha", 6, Long.MAX_VALUE);
    assertThat(history.offences()).isEmpty();
  }

  @Test
  void oneThatStoodStillMayHaveAckedIt() {
    done(1, "a", 1);
    delivered(2, "id-2", "b", 5);
    history.refused("b", 6);
    offends("never acked");
    history.doubted("b");
    assertThat(history.offences()).isEmpty();
  }

  @Test
  void anInventedTask() {
    done(1, "a", 1);
    done(2, "b", 5);
    done(3, "c", 9);
    offends("never submitted");
  }

  @Test
  void aTaskThatBecameTwo() {
    done(1, "a", 1);
    done(2, "b", 5);
    delivered(2, "id-3", "c", 6);
    offends("another id");
  }

  @Test
  void aTokenThatTwoHold() {
    done(1, "a", 1);
    delivered(1, "id-1", "a", 2);
    done(2, "b", 5);
    offends("one token");
  }

  @Test
  void anAckThatWasForgotten() {
    done(1, "a", 1);
    done(1, "c", 4);
    done(2, "b", 8);
    offends("acked again");
    assertThat(history.duplicates()).isEqualTo(Map.of("no reason", 1));
  }

  @Test
  void aKeyOutOfOrder() {
    done(2, "b", 1);
    done(1, "a", 5);
    offends("came before");
  }

  @Test
  void aRedeliveryMayBreakTheOrderAndHasAReason() {
    history.troubled("alpha", 2_000, Long.MAX_VALUE);
    delivered(1, "id-1", "a", 1_000);
    done(2, "b", 5_000);
    history.delivered(new Delivery(1, "id-1", "c", "beta", 9_000));
    history.spoken("c", 9_001);
    history.delivered(new Delivery(1, "id-1", "d", "beta", 9_500));
    assertThat(history.offences()).isEmpty();
    assertThat(history.redeliveryMillis("alpha", 2_000)).isEqualTo(7);
    assertThat(history.duplicates())
      .isEqualTo(Map.of("held by a lost process", 1, "verdict unanswered", 1));
  }
}

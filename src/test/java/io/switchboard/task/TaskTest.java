package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Headers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final long NOW = 1_000;

  private final List<Verdict> told = new ArrayList<>();
  private final Task task = new Task(new Task.Lease(new TaskId(1, 2), 3, 1, 4, null), NOW,
    100, "body", Headers.NONE, (of, verdict, millis, reason) -> {
      told.add(verdict);
      return Future.succeededFuture();
    });

  @Test
  void whatWasBegunIsNotGivenBack() {
    assertThat(task.begin(NOW)).isTrue();
    task.giveBackUnlessBegun();
    task.ack();
    assertThat(told).containsExactly(Verdict.ACK);
  }

  @Test
  void whatWasGivenBackIsNotBegun() {
    task.giveBackUnlessBegun();
    task.giveBackUnlessBegun();
    assertThat(task.begin(NOW)).isFalse();
    assertThat(told).containsExactly(Verdict.RETURN);
  }

  @Test
  void whatWasSettledIsNotGivenBack() {
    task.ack();
    task.giveBackUnlessBegun();
    assertThat(told).containsExactly(Verdict.ACK);
  }

  @Test
  void whatIsHeldNoLongerIsNotBegun() {
    assertThat(task.begin(NOW + 100)).isFalse();
    assertThat(task.isSettled()).isFalse();
  }
}

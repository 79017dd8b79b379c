package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.lane.Lanes;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Too few nodes are in reach, and nobody owns a queue. */
class NoQuorumTest {
  private Vertx vertx;
  private Lanes lanes;
  private Operations operations;

  private static final class Minority implements Store {
    @Override
    public String owner(String exchange) {
      return null;
    }

    @Override
    public void onChange(Runnable changed, Runnable lost) {
      // It stays.
    }

    @Override
    public boolean hasQuorum() {
      return false;
    }

    @Override
    public Future<Opened> open(String exchange, int backups, int life, IntConsumer begun) {
      return Future.failedFuture("a minority");
    }

    @Override
    public Future<Void> erase(String exchange, int life) {
      return Future.failedFuture("a minority");
    }
  }

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    lanes = Await.result(Lanes.start(vertx));
    operations = new Operations(
      new Post(lanes.control(), null), new Owners(null, new Minority()), name -> true);
  }

  @AfterEach
  void stop() {
    Await.result(lanes.stop());
    Await.result(vertx.close());
  }

  private static SubmitOperation submit(long number) {
    return new SubmitOperation(
      "jobs", new TaskId(1, number), SubmitOptions.DEFAULT, new byte[0]);
  }

  @Test
  void aNewTaskIsRefusedThoughRepeatedOnesWait() {
    var repeated = submit(1);
    repeated.again = true;
    var fresh = submit(2);
    lanes.control().execute(() -> {
      operations.startEndless(repeated);
      operations.startEndless(fresh);
    });
    assertThat(Await.failure(fresh.future())).isInstanceOfSatisfying(
      SwitchboardException.class,
      refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.NO_QUORUM));
    assertThat(repeated.future().isComplete()).isFalse();
  }
}

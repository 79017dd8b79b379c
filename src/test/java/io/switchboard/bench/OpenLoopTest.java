package io.switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bench.OpenLoop.Schedule;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoopTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() {
    Await.result(VERTX.close());
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 1", "999999, 1", "1000000, 2", "10500000, 11", "9999999999, 2000"})
  void isDueAtItsTime(long afterNanos, long due) {
    var schedule = new Schedule(5_000, 1_000, 2_000);
    assertThat(schedule.due(5_000 + afterNanos)).isEqualTo(due);
  }

  @Test
  void intendedTimesAreEven() {
    var schedule = new Schedule(7, 4_000, 100);
    assertThat(schedule.intendedNanos(0)).isEqualTo(7);
    assertThat(schedule.intendedNanos(3)).isEqualTo(750_007);
  }

  /** One stall of 200 ms must show in all that were due meanwhile, not in one alone. */
  @Test
  void aStallShowsInEverythingThatWasDueMeanwhile() {
    var context = VERTX.getOrCreateContext();
    var count = new AtomicInteger();
    var stall = Promise.<Void>promise();
    Operation operation = () -> {
      int number = count.incrementAndGet();
      if (number == 100) {
        VERTX.setTimer(200, id -> stall.complete());
      }
      return number < 100 ? Future.succeededFuture() : stall.future();
    };
    var round = Await.result(OpenLoop.run(context, operation, 1_000, Duration.ofMillis(500)));
    assertThat(round.operations()).isEqualTo(500);
    long over100 = round.latency().getCountBetweenValues(
      TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(60));
    assertThat(over100).isGreaterThan(50);
  }

  @Test
  void failuresAreCountedAndAreNoLatencies() {
    var context = VERTX.getOrCreateContext();
    var count = new AtomicInteger();
    Operation operation = () -> count.incrementAndGet() % 4 == 0
      ? Future.failedFuture("refused") : Future.succeededFuture();
    var round = Await.result(OpenLoop.run(context, operation, 1_000, Duration.ofMillis(200)));
    assertThat(round.failures()).isEqualTo(50);
    assertThat(round.latency().getTotalCount()).isEqualTo(150);
  }
}

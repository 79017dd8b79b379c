package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private static int takeAll(Budget budget, long nowNanos) {
    int taken = 0;
    while (budget.take(nowNanos)) {
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({"10, 0, 0, 0", "10, 0, 9, 0", "10, 0, 10, 1", "10, 0, 2000, 200", "5, 0, 2000, 100",
    "10, 10, 0, 10", "10, 10, 100, 20", "10, 10, 1000000, 1000"})
  void allowsItsShareOfTheRequestsAndItsFloor(int percent, int floor, int requests, int extra) {
    var budget = new Budget(percent, floor, 0);
    for (int i = 0; i < requests; i++) {
      budget.asked();
    }
    assertThat(takeAll(budget, 0)).isEqualTo(extra);
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0", "1, 1", "2.5, 2", "3, 3", "10, 3", "86400, 3"})
  void timeFillsItUpToTheFloorOnly(double seconds, int extra) {
    var budget = new Budget(10, 3, 0);
    takeAll(budget, 0);
    assertThat(takeAll(budget, (long) (seconds * SECOND))).isEqualTo(extra);
  }

  @Test
  void fractionsOfASecondAreNotLost() {
    var budget = new Budget(10, 3, 0);
    takeAll(budget, 0);
    int taken = 0;
    for (long tenth = 1; tenth <= 20; tenth++) {
      taken += takeAll(budget, tenth * SECOND / 10);
    }
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void overALongTimeItIsTheShareAndNoMore() {
    var budget = new Budget(10, 10, 0);
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      budget.asked();
      taken += budget.take(0) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(10_010);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 20", "4, 160", "5, 320", "50, 320"})
  void pausesGrowToABound(int before, int millis) {
    assertThat(Retries.pauseNanos(before)).isEqualTo(millis * 1_000_000L);
  }
}

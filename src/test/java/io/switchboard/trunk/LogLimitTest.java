package io.switchboard.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A flood of lines becomes a few, and nobody is left uncounted. */
class LogLimitTest {
  @Test
  void aPeriodHasItsLinesAndTheNextOneSaysWhatWasLeftOut() {
    var limit = new LogLimit();
    long now = 5;
    for (int i = 0; i < LogLimit.LINES; i++) {
      assertThat(limit.ask(now + i)).isZero();
    }
    for (int i = 0; i < 7; i++) {
      assertThat(limit.ask(now + LogLimit.PERIOD_NANOS - 1)).isEqualTo(-1);
    }
    assertThat(limit.ask(now + LogLimit.PERIOD_NANOS)).isEqualTo(7);
    assertThat(limit.ask(now + LogLimit.PERIOD_NANOS)).isZero();
  }
}

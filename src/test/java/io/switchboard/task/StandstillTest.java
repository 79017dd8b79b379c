package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandstillTest {
  /** Beats until 10 s and from 14 s on. */
  @ParameterizedTest
  @CsvSource({
    // arrived, now, since, concerned
    "9000, 9500, false, false", "9900, 10900, false, false",
    "9900, 12100, true, true", "9900, 14500, true, true", "13900, 14000, true, true",
    "14090, 14500, true, true", "14100, 14500, false, true",
    "18900, 30000, false, true", "19100, 30000, false, false",
  })
  void whatCameBeforeOrMeanwhileIsConcerned(
    long arrived, long now, boolean since, boolean concerned) {
    var standstill = new Standstill(nanos(0));
    for (long time = 250; time <= now; time += 250) {
      if (time <= 10_000 || time >= 14_000) {
        standstill.beat(nanos(time));
      }
    }
    assertThat(standstill.happenedSince(nanos(arrived), nanos(now))).isEqualTo(since);
    assertThat(standstill.concerns(nanos(arrived), nanos(now))).isEqualTo(concerned);
  }

  @Test
  void aStartThatTakesLongIsNone() {
    var standstill = new Standstill(nanos(0));
    standstill.begin(nanos(4_000));
    standstill.beat(nanos(4_250));
    assertThat(standstill.concerns(nanos(4_300), nanos(4_400))).isFalse();
  }

  /** The clock may stand anywhere, and pass its end. */
  private static long nanos(long millis) {
    return Long.MAX_VALUE - 1_000 + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}

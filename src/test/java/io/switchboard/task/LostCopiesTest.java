package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LostCopiesTest {
  private static final long MILLI = 1_000_000;
  private static final long START = Long.MAX_VALUE - 5_000 * MILLI;

  /** Milliseconds since the start; a node is lost at 10,000. */
  @ParameterizedTest
  @CsvSource({
    "9900,  10149, false",
    "9900,  10150, true",
    "10100, 10249, false",
    "10100, 10250, true",
    "11999, 13000, true",
    "12000, 13000, false",
    "500,   10150, true",
  })
  void whatWasBegunAroundALossAndHasNotEnded(long since, long now, boolean awaited) {
    var copies = new LostCopies(START);
    copies.lost(START + 10_000 * MILLI);
    assertThat(copies.areAwaited(START + since * MILLI, 150 * MILLI, START + now * MILLI))
      .isEqualTo(awaited);
  }

  @ParameterizedTest
  @CsvSource({"0, 150", "0, 60000", "3000, 9000"})
  void withoutALossNothingIs(long since, long now) {
    assertThat(new LostCopies(START).areAwaited(
      START + since * MILLI, 150 * MILLI, START + now * MILLI)).isFalse();
  }
}

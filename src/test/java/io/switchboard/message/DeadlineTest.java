package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private static final long HOUR = 3_600_000_000_000L;

  @ParameterizedTest(name = "{0} ns left are {1} ms")
  @CsvSource({
    "0, 0", "1, 1", "999999, 1", "1000000, 1", "1000001, 2",
    "-1, 0", "-999999, 0", "-1000000, -1", "86400000000000, 86400000",
    "9223372036854775807, 2147483647", "-9223372036854775808, -2147483648"})
  void remainingTimeIsRoundedUp(long left, int millis) {
    assertThat(Deadline.remainingMillis(left, 0)).isEqualTo(millis);
  }

  @ParameterizedTest(name = "a deadline at {0}, looked at {1}: {2}")
  @CsvSource({
    "10, 9, false", "10, 10, true", "10, 11, true", "-10, -11, false", "-10, -9, true",
    "-9223372036854775808, 9223372036854775807, false",
    "9223372036854775807, -9223372036854775808, true"})
  void itHasPassedFromThePointOn(long deadline, long now, boolean passed) {
    assertThat(Deadline.hasPassed(deadline, now)).isEqualTo(passed);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -HOUR, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void itIsRightAlsoWhereNanoTimeWraps(long now) {
    long deadline = Deadline.after(now, Duration.ofMillis(250));
    assertThat(Deadline.remainingMillis(deadline, now)).isEqualTo(250);
    assertThat(Deadline.hasPassed(deadline, now)).isFalse();
    assertThat(Deadline.hasPassed(deadline, now + 250_000_000)).isTrue();
    assertThat(Deadline.fromRemaining(250, now)).isEqualTo(deadline);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "PT10S", "PT24H"})
  void aTimeoutThatMayBe(String timeout) {
    var duration = Duration.parse(timeout);
    assertThat(Deadline.after(0, duration)).isEqualTo(duration.toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999999S", "PT24H0.000000001S", "P200000D"})
  void aTimeoutThatMayNotBe(String timeout) {
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> Deadline.after(0, Duration.parse(timeout)))
      .extracting(SwitchboardException::code).isEqualTo(FailureCode.BAD_REQUEST);
  }

  @Test
  void whatAnotherNodeClaimsIsHeldTo24Hours() {
    assertThat(Deadline.fromRemaining(Integer.MAX_VALUE, 0)).isEqualTo(24 * HOUR);
    assertThat(Deadline.hasPassed(Deadline.fromRemaining(0, 5), 5)).isTrue();
    assertThat(Deadline.hasPassed(Deadline.fromRemaining(Integer.MIN_VALUE, 5), 5)).isTrue();
  }
}

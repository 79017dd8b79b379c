package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
    var console = Console.interactive();
    new Table("NAME", "COUNT", "NOTE")
      .row("a", 5, "x")
      .row("longer", 12_345, null)
      .row("ünï", 1L, "two\nlines\u001b[31m")
      .print(console.terminal().out());
    assertThat(console.out().lines()).containsExactly(
      "NAME     COUNT  NOTE",
      "a            5  x",
      "longer  12,345  -",
      "ünï          1  two lines?[31m");
  }

  @Test
  void aRowHasACellForEachHeading() {
    var table = new Table("A", "B");
    assertThat(table.isEmpty()).isTrue();
    assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0ms", "-5, 0ms", "999, 999ms", "1000, 1s", "59999, 59s", "60000, 1m",
    "61000, 1m 1s", "3600000, 1h", "7260000, 2h 1m", "86400000, 1d", "97200000, 1d 3h"})
  void timesAreRoundedToTwoUnits(long millis, String text) {
    assertThat(PlainText.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void nothingSteersTheTerminal() {
    assertThat(PlainText.line(" a\r\n\tb\u0007 ")).isEqualTo("a b?");
    assertThat(PlainText.block("a\n\tb\u001b")).isEqualTo("a\n\tb?");
  }

  @Test
  void restartsAreLimitedInAPeriod() {
    var budget = new RestartBudget(2, Duration.ofSeconds(10));
    var start = Instant.EPOCH;
    assertThat(budget.take(start)).isTrue();
    assertThat(budget.take(start.plusSeconds(5))).isTrue();
    assertThat(budget.take(start.plusSeconds(9))).isFalse();
    assertThat(budget.take(start.plusSeconds(10))).isTrue();
    assertThat(budget.take(start.plusSeconds(14))).isFalse();
    assertThat(budget.take(start.plusSeconds(15))).isTrue();
  }
}

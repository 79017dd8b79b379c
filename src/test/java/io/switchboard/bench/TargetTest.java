package io.switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bench.Target.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  private static final Target FASTER = new Target("key", "rate", Measure.RATE, 5, 7);
  private static final Target SOONER = new Target("key", "p99", Measure.P99, 0.5, 0.2);

  @ParameterizedTest
  @CsvSource({
    "6, 5.5, 6.5, false, PASS", "5, 5, 5, false, PASS", "8, 6, 9, false, AIM",
    "4, 3, 6, false, MISS",
    // A noisy machine: only what every round says counts.
    "6, 4, 8, true, UNCLEAR", "6, 5.1, 8, true, PASS", "3, 2, 4, true, MISS",
    "4, 3, 6, true, UNCLEAR", "9, 8, 10, true, AIM", "NaN, NaN, NaN, false, UNCLEAR"})
  void moreIsBetter(double median, double low, double high, boolean noisy, Verdict verdict) {
    assertThat(FASTER.verdict(new Figure(median, low, high), noisy)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0.3, 0.6, false, PASS", "0.1, 0.1, 0.3, false, AIM", "0.6, 0.4, 0.9, false, MISS",
    "0.4, 0.3, 0.6, true, UNCLEAR", "0.4, 0.3, 0.5, true, PASS", "0.8, 0.6, 0.9, true, MISS"})
  void lessIsBetter(double median, double low, double high, boolean noisy, Verdict verdict) {
    assertThat(SOONER.verdict(new Figure(median, low, high), noisy)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, AIM", "1, 0, MISS", "0, 1, MISS"})
  void ofACountEveryRoundIsToBeGoodOnAnyMachine(double median, double highest, Verdict verdict) {
    var failed = new Target("key", "failed", Measure.FAILED, 0, 0, false);
    var figure = new Figure(median, 0, Math.max(median, highest));
    assertThat(failed.verdict(figure, true)).isEqualTo(verdict);
    assertThat(failed.verdict(figure, false)).isEqualTo(verdict);
  }

  @Test
  void whatIsOnlyWantedIsNeverMissed() {
    var slow = new Target("key", "slow", Measure.SLOW, Double.NaN, 0, false);
    assertThat(slow.verdict(new Figure(0, 0, 0), true)).isEqualTo(Verdict.AIM);
    assertThat(slow.verdict(new Figure(0, 0, 7), true)).isEqualTo(Verdict.PASS);
  }

  @Test
  void onlyWhatWasMeasuredAndComparedHasAVerdict() {
    var round = new Round(600, 10, null, 0, new Cost(100, 1, 0, 0));
    var against = new Round(100, 10, null, 0, new Cost(400, 1, 0, 0));
    var compared = new Comparison("request/256", "words", "requests", List.of(
      new Comparison.Side("exchange", List.of(round)),
      new Comparison.Side("plain", List.of(against))));
    var alone = new Comparison("send", "words", "deliveries",
      List.of(new Comparison.Side("exchange", List.of(round))));
    var outcomes = Target.outcomes(List.of(compared, alone));
    assertThat(outcomes).extracting(outcome -> outcome.target().measure())
      .containsExactly(Measure.RATE, Measure.ALLOCATION);
    assertThat(outcomes).extracting(Target.Outcome::verdict)
      .containsExactly(Verdict.PASS, Verdict.PASS);
  }
}

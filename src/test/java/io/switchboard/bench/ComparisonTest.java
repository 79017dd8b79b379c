package io.switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.bench.Comparison.Side;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final Cost QUIET = new Cost(1_000, 5, 0.05, 0.1);

  private static Side side(String name, double... rates) {
    return new Side(name, Arrays.stream(rates).mapToObj(rate ->
      new Round(rate, 100, null, 0, QUIET)).toList());
  }

  private static Comparison of(Side... sides) {
    return new Comparison("key", "words", "requests", List.of(sides));
  }

  @Test
  void theRatioPairsRoundsThatWereMeasuredTogether() {
    var exchange = side("exchange", 100, 300, 220);
    var comparison = of(exchange, side("plain", 50, 100, 110));
    var ratio = comparison.ratio(exchange, Measure.RATE);
    assertThat(ratio.median()).isEqualTo(2);
    assertThat(ratio.lowest()).isEqualTo(2);
    assertThat(ratio.highest()).isEqualTo(3);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(side("exchange", 4, 1, 2, 100).rate().median()).isEqualTo(3);
  }

  @Test
  void theLastContenderIsTheBaseline() {
    var raw = side("raw", 10);
    assertThat(of(side("exchange", 9), side("plain", 2), raw).baseline()).isSameAs(raw);
    assertThat(of(raw).baseline()).isNull();
    assertThat(of(raw).ratio(raw, Measure.RATE).isKnown()).isFalse();
    assertThat(of(raw).toJson().getJsonObject("ratio").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 110, 120, 0.05, ''",
    "100, 110, 149, 0.05, ''",
    "100, 110, 151, 0.05, the rounds of 'exchange' lie far apart",
    "100, 110, 120, 0.50, other programs used 0.5 processors",
    "100, 110, 120, NaN,  ''"})
  void saysWhatMadeItNoisy(
    double first, double second, double third, double foreignCores, String noise) {
    var cost = new Cost(1_000, 5, foreignCores, 0.1);
    var rounds = List.of(new Round(first, 9, null, 0, cost),
      new Round(second, 9, null, 0, cost), new Round(third, 9, null, 0, cost));
    var comparison = of(new Side("exchange", rounds), side("plain", 50, 55, 60));
    assertThat(comparison.noise()).isEqualTo(noise);
  }

  @Test
  void noiseOfOneFigureIsNotThatOfAnother() {
    var rounds = List.of(slow(1_000), slow(1_000_000));
    var comparison = of(new Side("exchange", rounds), side("plain", 50, 55));
    assertThat(comparison.noise(Measure.RATE)).isEmpty();
    assertThat(comparison.noise(Measure.P99)).contains("exchange");
  }

  private static Round slow(long nanos) {
    var histogram = new Histogram(3);
    histogram.recordValue(nanos);
    return new Round(100, 100, histogram, 0, QUIET);
  }

  @Test
  void aTailIsNoNewsWhereAnIdleThreadHasOneToo() {
    var cost = new Cost(1_000, 5, 0.05, 12);
    var comparison = of(new Side("exchange", List.of(slow(1_000).with(cost))),
      new Side("plain", List.of(slow(1_000).with(cost))));
    assertThat(comparison.noise(Measure.RATE)).isEmpty();
    assertThat(comparison.noise(Measure.P99)).isEqualTo("an idle thread was 12 ms late, too");
  }

  @Test
  void whatWasNotMeasuredIsNotInTheJson() {
    var json = of(side("exchange", 5), side("plain", 5)).toJson();
    var first = json.getJsonArray("contenders").getJsonObject(0);
    assertThat(first.getJsonObject("p99Micros")).isNull();
    assertThat(first.getJsonObject("perSecond").getDouble("median")).isEqualTo(5);
    assertThat(json.getJsonObject("ratio").getJsonObject("p99")).isNull();
  }

  @Test
  void costIsWhatAllUsedLessWhatTheRestOfTheMachineUsed() {
    var before = new Usage(0, 1_000, 2_000_000_000L);
    var after = new Usage(1_000_000_000L, 51_000, 3_500_000_000L);
    var cost = Cost.between(before, after, 50, 1.75, 0.1);
    assertThat(cost.bytesPerOperation()).isEqualTo(1_000);
    assertThat(cost.microsPerOperation()).isEqualTo(30_000);
    assertThat(cost.foreignCores()).isCloseTo(0.25, within(1e-9));
  }
}

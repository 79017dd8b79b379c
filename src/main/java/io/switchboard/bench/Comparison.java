package io.switchboard.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One workload measured for both contenders, their rounds taken in turn.
 *
 * @param workload what was done, in words
 * @param exchange the rounds of the exchange
 * @param plain    the rounds of the plain event bus
 */
public record Comparison(String workload, List<Round> exchange, List<Round> plain) {
  /** Rounds of one contender that lie further apart than this say little. */
  private static final double NOISY = 1.5;

  /** What a table shows of one contender. */
  public record Summary(double perSecond, double slowest, double fastest, double p50Micros,
    double p99Micros, long failures) {
    JsonObject toJson() {
      return new JsonObject().put("perSecond", perSecond).put("slowest", slowest)
        .put("fastest", fastest).put("p50Micros", p50Micros).put("p99Micros", p99Micros)
        .put("failures", failures);
    }
  }

  /** The medians over the rounds of the exchange. */
  public Summary ofExchange() {
    return summary(exchange);
  }

  /** The medians over the rounds of the plain event bus. */
  public Summary ofPlain() {
    return summary(plain);
  }

  /** How many times the plain event bus's throughput. */
  public double ratio() {
    return ofExchange().perSecond / ofPlain().perSecond;
  }

  /** True when the rounds of a contender differ so much that the ratio says little. */
  public boolean isNoisy() {
    return spread(ofExchange()) > NOISY || spread(ofPlain()) > NOISY;
  }

  private static double spread(Summary summary) {
    return summary.fastest / summary.slowest;
  }

  private static Summary summary(List<Round> rounds) {
    return new Summary(median(rounds, Round::perSecond),
      rounds.stream().mapToDouble(Round::perSecond).min().orElse(0),
      rounds.stream().mapToDouble(Round::perSecond).max().orElse(0),
      median(rounds, round -> round.micros(50)), median(rounds, round -> round.micros(99)),
      rounds.stream().mapToLong(Round::failures).sum());
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** For programs. */
  public JsonObject toJson() {
    return new JsonObject().put("workload", workload).put("ratio", ratio())
      .put("noisy", isNoisy()).put("exchange", ofExchange().toJson())
      .put("plain", ofPlain().toJson());
  }
}

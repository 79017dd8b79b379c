package io.switchboard.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One workload measured for all contenders, their rounds taken in turn.
 *
 * @param key      names the measurement for programs, as {@code request/256}
 * @param workload what was done, in words
 * @param unit     what the rate counts
 * @param sides    the contenders; the last one is what the others are measured against
 */
public record Comparison(String key, String workload, String unit, List<Side> sides) {
  /** Rounds of one contender that lie further apart than this say little. */
  private static final double APART = 1.5;
  /** Other programs that use more of the machine than this many processors disturb. */
  private static final double FOREIGN_CORES = 0.3;

  /** Tails say little where a thread that does nothing has one of so many milliseconds. */
  private static final double HICCUP_MILLIS = 3;

  /** The rounds of one contender. */
  public record Side(String name, List<Round> rounds) {
    /** Operations, deliveries or MiB a second. */
    public Figure rate() {
      return figure(Measure.RATE);
    }

    /** One figure over the rounds. */
    public Figure figure(Measure measure) {
      return Figure.over(rounds, measure::of);
    }

    /** Operations that failed or were lost, all rounds together. */
    public long failures() {
      return rounds.stream().mapToLong(Round::failures).sum();
    }

    /** Processor time of all nodes for each operation, in microseconds. */
    public Figure processorMicros() {
      return Figure.over(rounds, round -> round.cost().microsPerOperation());
    }

    JsonObject toJson() {
      return new JsonObject().put("name", name).put("perSecond", rate().toJson())
        .put("p50Micros", figure(Measure.P50).toJson())
        .put("p99Micros", figure(Measure.P99).toJson())
        .put("allocatedBytesPerOperation", figure(Measure.ALLOCATION).toJson())
        .put("processorMicrosPerOperation", processorMicros().toJson())
        .put("failures", failures())
        .put("slowerThan100Millis", figure(Measure.SLOW).toJson())
        .put("slowestMillis", figure(Measure.SLOWEST).toJson());
    }
  }

  /** What the others are measured against; null when nothing is. */
  public Side baseline() {
    return sides.size() < 2 ? null : sides.get(sides.size() - 1);
  }

  /**
   * How many times the baseline's figure a contender's is: the median, the lowest and the
   * highest over the pairs of rounds that were measured one after the other.
   */
  public Figure ratio(Side side, Measure measure) {
    var against = baseline();
    if (against == null) {
      return Figure.of();
    }
    int pairs = Math.min(side.rounds.size(), against.rounds.size());
    return Figure.of(IntStream.range(0, pairs).mapToDouble(i ->
      measure.of(side.rounds.get(i)) / measure.of(against.rounds.get(i))).toArray());
  }

  /** Whether a node was killed meanwhile: then rounds differ, and counts tell. */
  public boolean isFailover() {
    return key.equals(FailoverDuel.KEY);
  }

  /** Why the rates say little; empty when nothing speaks against them. */
  public String noise() {
    return noise(Measure.RATE);
  }

  /** Why that figure says little; empty when nothing speaks against it. */
  public String noise(Measure measure) {
    if (isFailover()) {
      return "";
    }
    for (var side : sides) {
      double foreign = Figure.over(side.rounds, round -> round.cost().foreignCores()).median();
      if (foreign > FOREIGN_CORES) {
        return "other programs used %.1f processors".formatted(foreign);
      }
    }
    double late = sides.stream().mapToDouble(side ->
      Figure.over(side.rounds, round -> round.cost().hiccupMillis()).median()).max().orElse(0);
    if (measure == Measure.P99 && late > HICCUP_MILLIS) {
      return "an idle thread was %.0f ms late, too".formatted(late);
    }
    for (var side : sides) {
      if (side.figure(measure).spread() > APART) {
        return "the rounds of '" + side.name + "' lie far apart";
      }
    }
    return "";
  }

  /** For programs. */
  public JsonObject toJson() {
    var ratios = new JsonObject();
    if (baseline() != null) {
      for (var measure : Measure.values()) {
        ratios.put(measure.word(), ratio(sides.get(0), measure).toJson());
      }
    }
    return new JsonObject().put("key", key).put("workload", workload).put("unit", unit)
      .put("against", baseline() == null ? null : baseline().name)
      .put("contenders", new JsonArray(sides.stream().map(Side::toJson).toList()))
      .put("ratio", ratios).put("noise", noise());
  }
}

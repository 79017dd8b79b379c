package io.switchboard.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One figure over several rounds.
 *
 * @param median NaN, as the others, where it was not measured
 * @param lowest of all rounds
 * @param highest of all rounds
 */
public record Figure(double median, double lowest, double highest) {
  static <T> Figure over(List<T> rounds, ToDoubleFunction<T> figure) {
    return of(rounds.stream().mapToDouble(figure).toArray());
  }

  static Figure of(double... values) {
    var sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return new Figure(Double.NaN, Double.NaN, Double.NaN);
    }
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Figure(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** False where it was not measured. */
  public boolean isKnown() {
    return !Double.isNaN(median);
  }

  /** How many times the lowest the highest is. */
  double spread() {
    return highest / lowest;
  }

  JsonObject toJson() {
    return isKnown() ? new JsonObject().put("median", median).put("min", lowest)
      .put("max", highest) : null;
  }
}

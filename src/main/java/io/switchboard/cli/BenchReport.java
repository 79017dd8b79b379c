package io.switchboard.cli;

import io.switchboard.bench.BenchPlan;
import io.switchboard.bench.Comparison;
import io.switchboard.bench.Comparison.Side;
import io.switchboard.bench.Figure;
import io.switchboard.bench.Measure;
import io.switchboard.bench.Target;
import io.switchboard.bench.Target.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows what was measured, for people and for programs. */
final class BenchReport {
  private final BenchPlan plan;
  /** Processes of this measurement; 0 when it measured a cluster that was there. */
  private final int nodes;
  private final List<Comparison> results;
  private final List<Outcome> outcomes;

  BenchReport(BenchPlan plan, int nodes, List<Comparison> results) {
    this.plan = plan;
    this.nodes = nodes;
    this.results = results;
    this.outcomes = plan.payload() == BenchPlan.TARGET_PAYLOAD && nodes == 2
      ? Target.outcomes(results) : List.of();
  }

  JsonObject toJson() {
    var runtime = Runtime.getRuntime();
    return new JsonObject()
      .put("machine", new JsonObject().put("processors", runtime.availableProcessors())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("java", Runtime.version().toString()))
      .put("nodes", nodes).put("rounds", plan.rounds())
      .put("seconds", plan.round().toMillis() / 1_000.0).put("payload", plan.payload())
      .put("results", new JsonArray(results.stream().map(Comparison::toJson).toList()))
      .put("targets", new JsonArray(outcomes.stream().map(Outcome::toJson).toList()));
  }

  void print(PrintStream out) {
    var table = new Table("workload", "contender", "per second", "min", "max", "p50 µs",
      "p99 µs", "alloc B", "CPU µs", "failed", "ratio");
    for (var result : results) {
      for (var side : result.sides()) {
        row(table, result, side);
      }
    }
    table.print(out);
    out.println();
    for (var result : results) {
      if (result.isFailover()) {
        failover(result).print(out);
        out.println();
      }
    }
    out.println("Medians of " + plan.rounds() + " rounds of " + plan.round().toMillis()
      + " ms after a warm-up; bodies of " + plan.payload() + " bytes unless said; this machine"
      + " has " + Runtime.getRuntime().availableProcessors() + " processors.");
    out.println(nodes == 0
      ? "HTTP on both sides is in every figure; alloc and CPU are this process's alone."
      : "The contenders took turns, in " + nodes + " processes. Ratio: the rate beside that of"
        + " the workload's last contender. Alloc, CPU: per operation, all processes together.");
    out.println("Latency at a fixed rate counts from the moment at which a request was due.");
    results.forEach(result -> Stream.of(Measure.RATE, Measure.P99).map(result::noise)
      .filter(noise -> !noise.isEmpty()).findFirst().ifPresent(noise ->
        out.println("Noisy, " + result.workload() + ": " + noise + ".")));
    if (!outcomes.isEmpty()) {
      out.println();
      targets().print(out);
    }
  }

  private static void row(Table table, Comparison result, Side side) {
    boolean isFirst = side == result.sides().get(0);
    var rate = side.rate();
    table.row(isFirst ? result.workload() : "", side.name(), whole(rate.median()),
      whole(rate.lowest()), whole(rate.highest()), tenths(side.figure(Measure.P50)),
      tenths(side.figure(Measure.P99)), whole(side.figure(Measure.ALLOCATION).median()),
      tenths(side.processorMicros()), side.failures(), side == result.baseline()
        ? "1" : times(result.ratio(side, Measure.RATE).median()));
  }

  private static Table failover(Comparison result) {
    var table = new Table("node killed", "failed, in all", "slower than 100 ms", "at most",
      "slowest ms", "at most");
    for (var side : result.sides()) {
      var slow = side.figure(Measure.SLOW);
      var slowest = side.figure(Measure.SLOWEST);
      table.row(side.name(), side.failures(), whole(slow.median()), whole(slow.highest()),
        whole(slowest.median()), whole(slowest.highest()));
    }
    return table;
  }

  private Table targets() {
    var table = new Table("target", "measured", "min", "max", "at least", "aim", "verdict");
    for (var outcome : outcomes) {
      var target = outcome.target();
      var ratio = outcome.ratio();
      table.row(target.what(), times(ratio.median()), times(ratio.lowest()),
        times(ratio.highest()), times(target.least()), times(target.aim()),
        outcome.verdict().words());
    }
    return table;
  }

  private static Object whole(double value) {
    return Double.isNaN(value) ? null : Math.round(value);
  }

  private static String tenths(Figure figure) {
    return figure.isKnown() ? String.format(Locale.ROOT, "%.1f", figure.median()) : null;
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio) ? null : String.format(Locale.ROOT, "%.2f", ratio);
  }
}

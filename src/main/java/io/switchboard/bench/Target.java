package io.switchboard.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the project wants to reach: a ratio to the baseline of the same run, or a figure as it is.
 *
 * @param key     of the comparison that it goes for
 * @param what    in words
 * @param measure the figure that is compared
 * @param least   must be reached; NaN where nothing is asked but wanted
 * @param aim     is wanted
 * @param isRatio whether the baseline counts; else the figure of the first contender does
 */
public record Target(String key, String what, Measure measure, double least, double aim,
  boolean isRatio) {
  /** With the default link, two nodes, and bodies of 128 bytes unless said. */
  public static final List<Target> ALL = List.of(
    new Target("request/256", "request, 256 outstanding: rate", Measure.RATE, 5, 7),
    new Target("request/open", "request, fixed rate: p99", Measure.P99, 1 / 3.0, 0.2),
    new Target("request/1", "request, 1 outstanding: p50", Measure.P50, 0.85, 0.77),
    new Target("send", "one-way: rate", Measure.RATE, 4, 8),
    new Target("publish/100", "publish to 100: deliveries", Measure.RATE, 4, 8),
    new Target("local/256", "local request, 256 outstanding: rate", Measure.RATE, 1.5, 4),
    new Target("register", "10,000 exchanges usable: speed", Measure.RATE, 10, 30),
    new Target("request/256", "request: bytes allocated, all nodes", Measure.ALLOCATION,
      1 / 3.0, 0.1),
    new Target("bytes", "64 KiB bodies: bytes, beside raw TCP", Measure.RATE, 0.8, 0.95),
    new Target("tasks", "tasks submitted and acked, beside plain one-way: rate", Measure.RATE,
      0.2, 0.4),
    new Target("tasks/latency", "task, 100/s, to its worker: p99 in µs", Measure.P99, 5_000,
      5_000, false),
    new Target("stream/64k", "chunks of 64 KiB: bytes, beside raw TCP", Measure.RATE,
      0.8, 0.95),
    new Target("failover", "one of two nodes killed: requests that failed", Measure.FAILED,
      0, 0, false),
    new Target("failover", "one of two nodes killed: slower than 100 ms", Measure.SLOW,
      Double.NaN, 0, false));

  /** A ratio. */
  Target(String key, String what, Measure measure, double least, double aim) {
    this(key, what, measure, least, aim, true);
  }

  /** Whether a target was reached. */
  public enum Verdict {
    /** The aim is reached. */
    AIM("aim reached"),
    /** What is asked at least is reached. */
    PASS("pass"),
    /** It is not reached. */
    MISS("miss"),
    /** The rounds contradict each other. */
    UNCLEAR("too noisy to tell");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * The median decides. When the machine was noisy, it does so only where every single round
   * says the same. Of a count every round has to be good, on any machine.
   */
  Verdict verdict(Figure ratio, boolean noisy) {
    if (!ratio.isKnown()) {
      return Verdict.UNCLEAR;
    }
    if (measure.isCount()) {
      return measure.reaches(ratio.highest(), aim) ? Verdict.AIM
        : reached(ratio.highest()) ? Verdict.PASS : Verdict.MISS;
    }
    boolean reached = reached(ratio.median());
    boolean agreed = reached == reached(ratio.lowest()) && reached == reached(ratio.highest());
    if (noisy && !agreed) {
      return Verdict.UNCLEAR;
    }
    if (!reached) {
      return Verdict.MISS;
    }
    return measure.reaches(ratio.median(), aim) ? Verdict.AIM : Verdict.PASS;
  }

  private boolean reached(double figure) {
    return Double.isNaN(least) || measure.reaches(figure, least);
  }

  /** A target and what was measured for it. */
  public record Outcome(Target target, Figure ratio, Verdict verdict) {
    /** For programs. */
    public JsonObject toJson() {
      return new JsonObject().put("target", target.what).put("key", target.key)
        .put("measure", target.measure.word())
        .put("least", Double.isNaN(target.least) ? null : target.least)
        .put("aim", target.aim).put("ratio", ratio.toJson())
        .put("verdict", verdict.words());
    }
  }

  /** The targets for which there is a comparison. */
  public static List<Outcome> outcomes(List<Comparison> comparisons) {
    return ALL.stream().flatMap(target -> comparisons.stream()
      .filter(comparison -> comparison.key().equals(target.key)
        && comparison.baseline() != null)
      .map(target::outcome)).toList();
  }

  private Outcome outcome(Comparison comparison) {
    var side = comparison.sides().get(0);
    var figure = isRatio ? comparison.ratio(side, measure) : side.figure(measure);
    return new Outcome(this, figure, verdict(figure, !comparison.noise(measure).isEmpty()));
  }
}

package io.switchboard.bench;

import io.switchboard.bench.OneWayLoop.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Tasks with one copy on another node, beside messages that nobody stores: how many, and how
 * long one takes to its worker.
 */
final class TaskDuels {
  static final int PREFETCH = 1_024;

  private static final int SUBMITS_UNDER_WAY = 1_024;
  private static final double PACE = 100;

  private final List<Stage> stages;
  private final BenchPlan plan;
  private final OneWayDuels oneWay;

  TaskDuels(List<Stage> stages, BenchPlan plan, OneWayDuels oneWay) {
    this.stages = stages;
    this.plan = plan;
    this.oneWay = oneWay;
  }

  List<Duel> all() {
    return List.of(
      duel("tasks", "tasks, submitted and acked", "tasks",
        Duels.contenders(stages, this::working, oneWay::toSinkPlain), "work", "keep"),
      duel("tasks/latency", "task, 100/s, until its worker has it", "tasks",
        Duels.contenders(stages, stage -> paced(stage, submitting(stage)),
          stage -> paced(stage, sendingPlain(stage))), "keep", "rest"));
  }

  private Duel duel(String key, String workload, String unit, List<Duel.Contender> contenders,
    String before, String after) {
    return new Duel(key, workload, unit, contenders, true, everywhere(before),
      everywhere(after));
  }

  private Supplier<Future<?>> everywhere(String order) {
    return "keep".equals(order) ? Future::succeededFuture
      : () -> Future.all(stages.stream()
        .map(stage -> stage.order(new JsonObject().put("order", order))).toList());
  }

  /** Counted where their acknowledgement is known to be stored. */
  private IntFunction<Future<Round>> working(Stage stage) {
    var body = Buffer.buffer(new byte[size()]);
    var exchange = stage.near().tasks(TaskVerticle.EXCHANGE);
    var way = new Way(
      "tasks", true, OneWayLoop.WINDOW, 1, false).withUnderWay(SUBMITS_UNDER_WAY);
    return round -> OneWayLoop.run(
      stage, way, () -> exchange.submit(body), plan.time(round));
  }

  private int size() {
    return Math.max(Long.BYTES, plan.payload());
  }

  private Buffer numbered(long number) {
    return Buffer.buffer(new byte[size()]).setLong(0, number);
  }

  private LongFunction<Future<?>> submitting(Stage stage) {
    var exchange = stage.near().tasks(TaskVerticle.EXCHANGE);
    return number -> exchange.submit(numbered(number));
  }

  private LongFunction<Future<?>> sendingPlain(Stage stage) {
    var bus = stage.near().vertx().eventBus();
    return number -> Future.succeededFuture(
      bus.send(TaskVerticle.ADDRESS, numbered(number)));
  }

  /** One ends when the news of its arrival is back, so that one clock measures. */
  private IntFunction<Future<Round>> paced(Stage stage, LongFunction<Future<?>> start) {
    Operation operation = () -> {
      long number = stage.sightings().next();
      var seen = stage.sightings().of(number);
      return Future.all(seen, start.apply(number));
    };
    return round -> OpenLoop.run(stage.client(), operation, PACE, plan.time(round));
  }
}

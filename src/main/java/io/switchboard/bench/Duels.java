package io.switchboard.bench;

import io.switchboard.bench.Duel.Contender;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What is measured for each workload, and how each contender does it. */
final class Duels {
  private final List<Stage> stages;
  private final BenchPlan plan;
  private final RequestDuels requests;
  private final OneWayDuels oneWay;
  private final TaskDuels tasks;
  private final FailoverDuel failover;

  Duels(List<Stage> stages, BenchPlan plan, FarProcesses processes) {
    this.stages = stages;
    this.plan = plan;
    requests = new RequestDuels(stages, plan);
    oneWay = new OneWayDuels(stages, plan);
    tasks = new TaskDuels(stages, plan, oneWay);
    failover = new FailoverDuel(stages, plan, processes);
  }

  List<Duel> of(Workload workload) {
    return switch (workload) {
      case REQUEST -> requests.remote();
      case STREAM -> List.of(oneWay.stream(), oneWay.largeStream());
      case LOCAL -> List.of(requests.local());
      case SEND -> List.of(oneWay.send());
      case PUBLISH -> plan.subscribers().stream().map(oneWay::publish).toList();
      case TASKS -> tasks.all();
      case BYTES -> List.of(oneWay.bytes());
      case REGISTER -> List.of(registrations());
      case FAILOVER -> List.of(failover.duel());
    };
  }

  /** One contender over each stage's exchange, then the plain event bus on the first stage. */
  static List<Contender> contenders(List<Stage> stages,
    Function<Stage, IntFunction<Future<Round>>> exchange,
    Function<Stage, IntFunction<Future<Round>>> plain) {
    var all = new ArrayList<Contender>();
    for (var stage : stages) {
      all.add(new Contender(stages.size() == 1 ? "exchange" : "exchange, " + stage.link(),
        exchange.apply(stage)));
    }
    all.add(new Contender("plain event bus", plain.apply(stages.get(0))));
    return all;
  }

  private Duel registrations() {
    return new Duel("register", RegisterRound.MANY + " registrations until usable elsewhere",
      "registrations", contenders(stages, stage -> registered(stage, true),
        stage -> registered(stage, false)), false, Future::succeededFuture,
      Future::succeededFuture);
  }

  private static IntFunction<Future<Round>> registered(Stage stage, boolean exchange) {
    var clear = new JsonObject().put("order", "unregister");
    return round -> stage.onClient(() -> new RegisterRound(stage, exchange, round).run())
      .compose(result -> stage.order(clear).map(result));
  }
}

package io.switchboard.bench;

import io.switchboard.bench.Bench.Meeting;
import io.switchboard.exchange.CallOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Requests at a fixed rate to workers of two other nodes, one of which is killed meanwhile. Each
 * round of each contender has a new node to kill, which is no part of what is metered.
 */
final class FailoverDuel {
  static final String KEY = "failover";
  /** Requests a second. */
  static final int RATE = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  /** A round is so many times as long as that of other workloads; it has to see an outage. */
  private static final int LONGER = 4;

  private final List<Stage> stages;
  private final BenchPlan plan;
  private final FarProcesses processes;
  private final Buffer body;
  private int victims;

  FailoverDuel(List<Stage> stages, BenchPlan plan, FarProcesses processes) {
    this.stages = stages;
    this.plan = plan;
    this.processes = processes;
    this.body = Buffer.buffer(new byte[plan.payload()]);
  }

  Duel duel() {
    return new Duel(KEY, "request, " + RATE + "/s, a node killed", "requests",
      Duels.contenders(stages, rounds(FailoverDuel.this::overExchange),
        rounds(FailoverDuel.this::overBus)), false, false, Future::succeededFuture,
      Future::succeededFuture);
  }

  private Operation overExchange(Stage stage) {
    var exchange = stage.near().requests(FailoverWorker.EXCHANGE);
    var options = CallOptions.within(PATIENCE);
    return () -> exchange.request(body, options);
  }

  private Operation overBus(Stage stage) {
    var bus = stage.near().vertx().eventBus();
    var options = new DeliveryOptions().setSendTimeout(PATIENCE.toMillis());
    return () -> bus.request(FailoverWorker.ADDRESS, body, options);
  }

  private Function<Stage, IntFunction<Future<Round>>> rounds(
    Function<Stage, Operation> operation) {
    return stage -> round -> round(stage, operation.apply(stage));
  }

  private Future<Round> round(Stage stage, Operation operation) {
    var near = stage.near();
    var victim = new Meeting(near.clusterName(), near.clusterAddress(),
      stage.farNodes() + ++victims, stage.link());
    var time = plan.round().multipliedBy(LONGER);
    return blocking(stage, () -> {
      processes.start(victim);
      return null;
    }).compose(started -> OpenLoop.run(stage.client(), operation, RATE, plan.warmUp()))
      .compose(warm -> {
        var killed = near.vertx().timer(time.toMillis() / LONGER, TimeUnit.MILLISECONDS)
          .compose(now -> blocking(stage, () -> {
            processes.kill(victim);
            return null;
          }));
        return OpenLoop.run(stage.client(), operation, RATE, time)
          .compose(measured -> killed.map(measured));
      });
  }

  private static Future<Void> blocking(Stage stage, Callable<Void> action) {
    return stage.near().vertx().executeBlocking(action);
  }
}

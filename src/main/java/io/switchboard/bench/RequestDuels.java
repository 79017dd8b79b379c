package io.switchboard.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Requests: so many outstanding, and at a fixed rate. */
final class RequestDuels {
  /** Outstanding requests at which the plain event bus is at its best. */
  private static final int MANY = 256;
  private static final double SHARE_OF_MAXIMUM = 0.6;

  private final List<Stage> stages;
  private final BenchPlan plan;
  private final Buffer body;
  /** What the plain event bus reached with many outstanding; 0 when unknown. */
  private double plainMaximum;

  RequestDuels(List<Stage> stages, BenchPlan plan) {
    this.stages = stages;
    this.plan = plan;
    this.body = Buffer.buffer(new byte[plan.payload()]);
  }

  /** To another node. */
  List<Duel> remote() {
    var duels = new ArrayList<Duel>();
    for (int outstanding : plan.outstanding()) {
      duels.add(new Duel("request/" + outstanding, "request, " + outstanding + " outstanding",
        "requests", Duels.contenders(stages,
          stage -> closed(stage, overExchange(stage, FarNode.FAR), outstanding),
          stage -> noted(outstanding, closed(
            stage, overBus(stage, FarNode.FAR), outstanding)))));
    }
    duels.add(open());
    return duels;
  }

  /** On the same node, from one event loop to another. */
  Duel local() {
    return new Duel("local/" + MANY, "local request, " + MANY + " outstanding", "requests",
      Duels.contenders(stages,
        stage -> closed(stage, overExchange(stage, Stage.NEAR), MANY),
        stage -> closed(stage, overBus(stage, Stage.NEAR), MANY)));
  }

  private IntFunction<Future<Round>> closed(
    Stage stage, Operation operation, int outstanding) {
    return round -> ClosedLoop.run(stage.client(), operation, outstanding, plan.time(round));
  }

  private IntFunction<Future<Round>> noted(
    int outstanding, IntFunction<Future<Round>> plain) {
    return outstanding != MANY ? plain : round -> plain.apply(round).onSuccess(
      result -> plainMaximum = Math.max(plainMaximum, result.perSecond()));
  }

  private Operation overExchange(Stage stage, String place) {
    var exchange = stage.near().requests(EchoVerticle.exchange(place));
    return () -> exchange.request(body);
  }

  private Operation overBus(Stage stage, String place) {
    var bus = stage.near().vertx().eventBus();
    var address = EchoVerticle.address(place);
    return () -> bus.request(address, body);
  }

  private Duel open() {
    var name = plan.rate() > 0 ? "request, " + plan.rate() + "/s"
      : "request, at 60 % of plain maximum";
    return new Duel("request/open", name, "requests", Duels.contenders(stages,
      stage -> paced(stage, overExchange(stage, FarNode.FAR)),
      stage -> paced(stage, overBus(stage, FarNode.FAR))));
  }

  private IntFunction<Future<Round>> paced(Stage stage, Operation operation) {
    return round -> rate().compose(rate ->
      OpenLoop.run(stage.client(), operation, rate, plan.time(round)));
  }

  private Future<Double> rate() {
    if (plan.rate() > 0) {
      return Future.succeededFuture((double) plan.rate());
    }
    if (plainMaximum > 0) {
      return Future.succeededFuture(SHARE_OF_MAXIMUM * plainMaximum);
    }
    var stage = stages.get(0);
    var plain = noted(MANY, closed(stage, overBus(stage, FarNode.FAR), MANY));
    return plain.apply(-1).compose(warm -> plain.apply(0)).compose(measured -> rate());
  }
}

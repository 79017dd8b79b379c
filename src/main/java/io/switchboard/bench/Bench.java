package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The measuring node. Both contenders run on the same Vert.x instances, in turn, so that what
 * the machine does meanwhile hits both.
 */
public final class Bench {
  private static final String NEAR = "near";

  private final Switchboard near;
  private final Context client;

  private Bench(Switchboard near, Context client) {
    this.near = near;
    this.client = client;
  }

  /** Starts the measuring node in a cluster of its own. */
  public static Future<Bench> start() {
    var cluster = "bench-" + UUID.randomUUID();
    Promise<Context> client = Promise.promise();
    return Switchboard.launch(new JsonObject().put("name", "bench-near").put("cluster",
        new JsonObject().put("name", cluster).put("port", 0)
          .put("join", new JsonArray().add("127.0.0.1:1"))))
      .compose(near -> near.vertx().deployVerticle(new Services(NEAR))
        .compose(deployed -> near.vertx().deployVerticle(new Client(client)))
        .compose(deployed -> client.future())
        .map(context -> new Bench(near, context)));
  }

  /** A context of the client's own. */
  private static final class Client extends VerticleBase {
    private final Promise<Context> started;

    private Client(Promise<Context> started) {
      this.started = started;
    }

    @Override
    public Future<?> start() {
      started.complete(context);
      return Future.succeededFuture();
    }
  }

  /** The name that the far node must join. */
  public String cluster() {
    return near.clusterName();
  }

  /** Where the far node finds this one. */
  public String address() {
    return near.clusterAddress();
  }

  /** Measures everything in the plan; tells the consumer of each comparison as it is made. */
  public Future<List<Comparison>> run(BenchPlan plan, Consumer<Comparison> report) {
    var duels = new ArrayList<Duel>();
    for (var workload : plan.workloads()) {
      switch (workload) {
        case REQUEST -> duels.addAll(requests(plan, FarNode.SUFFIX, "request"));
        case LOCAL -> duels.addAll(requests(plan, NEAR, "local request"));
        case REGISTER -> duels.add(new Duel("register " + Services.MANY + ", per second",
          round -> onClient(() -> new RegisterRound(near, true, round).run()),
          round -> onClient(() -> new RegisterRound(near, false, round).run()), false));
        default -> throw new IllegalArgumentException(workload.name());
      }
    }
    var results = new ArrayList<Comparison>();
    Future<Void> sequence = Future.succeededFuture();
    for (var duel : duels) {
      sequence = sequence.compose(before -> fight(duel, plan)).map(comparison -> {
        results.add(comparison);
        report.accept(comparison);
        return null;
      });
    }
    return sequence.map(results);
  }

  /** Two contenders; each takes the number of the round and measures it. */
  private record Duel(String name, IntFunction<Future<Round>> exchange,
    IntFunction<Future<Round>> plain, boolean warmsUp) {
  }

  private List<Duel> requests(BenchPlan plan, String suffix, String name) {
    var body = Buffer.buffer(new byte[plan.payload()]);
    var exchange = near.requests(Services.exchange(suffix));
    var bus = near.vertx().eventBus();
    var address = Services.plainAddress(suffix);
    Operation overExchange = () -> exchange.request(body);
    Operation overBus = () -> bus.request(address, body);
    return plan.outstanding().stream().map(outstanding -> new Duel(
      name + ", " + outstanding + " outstanding, " + plan.payload() + " B",
      round -> ClosedLoop.run(client, overExchange, outstanding,
        round < 0 ? plan.warmUp() : plan.round()),
      round -> ClosedLoop.run(client, overBus, outstanding,
        round < 0 ? plan.warmUp() : plan.round()), true)).toList();
  }

  private <T> Future<T> onClient(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    client.runOnContext(ignored -> action.get().onComplete(done));
    return done.future();
  }

  private static Future<Comparison> fight(Duel duel, BenchPlan plan) {
    var exchange = new ArrayList<Round>();
    var plain = new ArrayList<Round>();
    var sequence = duel.warmsUp
      ? duel.plain.apply(-1).compose(warm -> duel.exchange.apply(-1)).<Void>mapEmpty()
      : Future.<Void>succeededFuture();
    for (int i = 0; i < plan.rounds(); i++) {
      int round = i;
      sequence = sequence.compose(before -> duel.plain.apply(round)).map(plain::add)
        .compose(added -> duel.exchange.apply(round)).map(exchange::add).mapEmpty();
    }
    return sequence.map(done -> new Comparison(duel.name, exchange, plain));
  }

  /** Stops the measuring node. */
  public Future<Void> stop() {
    return near.stop();
  }
}

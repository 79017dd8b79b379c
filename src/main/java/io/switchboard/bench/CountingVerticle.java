package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** Counts for each contender what arrives at its event loop, and confirms it the same way. */
abstract class CountingVerticle extends VerticleBase {
  private final String source;
  private Arrivals overExchange;
  private Arrivals overBus;

  /** @param source tells it from all others */
  CountingVerticle(String source) {
    this.source = source;
  }

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(vertx, context);
    var exchange = Switchboard.of(vertx).requests(Confirmations.EXCHANGE);
    overExchange = new Arrivals(count ->
      exchange.send(Confirmations.confirmation(source, count)));
    overBus = new Arrivals(count -> vertx.eventBus()
      .send(Confirmations.ADDRESS, Confirmations.confirmation(source, count)));
  }

  final Arrivals overExchange() {
    return overExchange;
  }

  final Arrivals overBus() {
    return overBus;
  }

  /** How many arrivals one sent message makes here. */
  abstract int arrivalsEach();

  /** Begins to count anew; any thread. */
  final Future<Void> begin(boolean exchange, int everyMessages) {
    return here(() -> {
      arrivals(exchange).begin((long) everyMessages * arrivalsEach());
      return null;
    });
  }

  /** What has come; any thread. */
  final Future<JsonObject> report(boolean exchange) {
    return here(() -> arrivals(exchange).report());
  }

  private Arrivals arrivals(boolean exchange) {
    return exchange ? overExchange : overBus;
  }

  private <T> Future<T> here(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(ignored -> done.complete(action.get()));
    return done.future();
  }
}

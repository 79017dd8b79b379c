package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Answers after a while, so that a node which is killed has some requests in its hands. */
final class FailoverWorker extends VerticleBase {
  static final String EXCHANGE = "bench.failover";
  static final String ADDRESS = "bench/failover";

  private static final int WORK_MILLIS = 10;

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    var consumer = vertx.eventBus().consumer(ADDRESS,
      message -> after(message.body()).onSuccess(message::reply));
    return Future.all(consumer.completion(),
      board.declare(EXCHANGE, Kind.REQUEST, new JsonObject().put("idempotent", true))
        .compose(declared -> board.requests(EXCHANGE).serve(
          request -> after(request.body()))));
  }

  private <T> Future<T> after(T body) {
    return vertx.timer(WORK_MILLIS, TimeUnit.MILLISECONDS).map(body);
  }
}

package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Takes one-way messages on one event loop. */
final class SinkVerticle extends CountingVerticle {
  static final String EXCHANGE = "bench.sink";
  static final String ADDRESS = "bench/sink";

  SinkVerticle(String source) {
    super(source);
  }

  @Override
  int arrivalsEach() {
    return 1;
  }

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    // The window of the sender and what it has not been told of yet: the plain event bus has no
    // bound at all here.
    var options = new JsonObject().put("mailbox", 2 * OneWayLoop.WINDOW);
    var consumer = vertx.eventBus().<Buffer>consumer(ADDRESS, message -> {
      if (message.body().length() > 0) {
        overBus().arrived(1);
      }
    });
    return Future.all(consumer.completion(),
      board.declare(EXCHANGE, Kind.REQUEST, options)
        .compose(declared -> board.requests(EXCHANGE).serve(request -> {
          if (((Buffer) request.body()).length() > 0) {
            overExchange().arrived(1);
          }
          return null;
        })));
  }
}

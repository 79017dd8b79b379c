package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;

/** Answers the requests of both contenders with their bodies, on one event loop. */
final class EchoVerticle extends VerticleBase {
  private final String place;

  /** @param place tells the near node's from those of the far nodes, which share a name */
  EchoVerticle(String place) {
    this.place = place;
  }

  static String exchange(String place) {
    return "bench.echo." + place;
  }

  static String address(String place) {
    return "bench/echo/" + place;
  }

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    // The plain event bus knows no bound; so a stall makes both late rather than one refuse.
    var options = new JsonObject().put("mailbox", OpenLoop.MOST_UNDER_WAY);
    var consumer = vertx.eventBus().consumer(address(place),
      message -> message.reply(message.body()));
    return Future.all(consumer.completion(),
      board.declare(exchange(place), Kind.REQUEST, options)
        .compose(declared -> board.requests(exchange(place)).serve(
          request -> Future.succeededFuture(request.body()))));
  }
}

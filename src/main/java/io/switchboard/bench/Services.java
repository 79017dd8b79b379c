package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;

/** What answers the requests of both contenders, on one event loop. */
final class Services extends VerticleBase {
  static final int MANY = 10_000;

  private static final String REGISTER = "bench.register";

  private final String suffix;

  /** @param suffix tells the services of one node from those of another */
  Services(String suffix) {
    this.suffix = suffix;
  }

  static String exchange(String suffix) {
    return "bench.echo." + suffix;
  }

  static String plainAddress(String suffix) {
    return "bench/echo/" + suffix;
  }

  static String control(String suffix) {
    return REGISTER + "." + suffix;
  }

  static String numbered(String name, int round, int number) {
    return name + "-" + round + "-" + number;
  }

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    var consumer = vertx.eventBus().consumer(plainAddress(suffix),
      message -> message.reply(message.body()));
    return Future.all(consumer.completion(),
      board.requests(exchange(suffix)).serve(
        request -> Future.succeededFuture(request.body())),
      board.requests(control(suffix)).serve(request -> register(
        request.json().getString("contender"), request.json().getInteger("round"))));
  }

  /** Registers ten thousand; does not wait until others can see them. */
  private Future<?> register(String contender, int round) {
    var board = Switchboard.of(vertx);
    var registered = new ArrayList<Future<?>>();
    for (int i = 0; i < MANY; i++) {
      if (contender.equals("exchange")) {
        registered.add(board.requests(numbered(exchange(suffix), round, i)).serve(
          request -> Future.succeededFuture(request.body())));
      } else {
        registered.add(vertx.eventBus().consumer(numbered(plainAddress(suffix), round, i),
          message -> message.reply(message.body())).completion());
      }
    }
    return Future.succeededFuture(registered.size());
  }
}

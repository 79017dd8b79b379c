package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.exchange.Attachment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;

/** Registers many exchanges or addresses on a far node at once, and takes them back. */
final class Registrations {
  private final Vertx vertx;
  private final List<Future<Attachment>> workers = new ArrayList<>();
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  Registrations(Vertx vertx) {
    this.vertx = vertx;
  }

  static String exchange(int round, int number) {
    return "bench.many-" + round + "-" + number;
  }

  static String address(int round, int number) {
    return "bench/many-" + round + "-" + number;
  }

  /** Does not wait until others can see them. */
  void register(boolean exchange, int round) {
    var board = Switchboard.of(vertx);
    for (int i = 0; i < RegisterRound.MANY; i++) {
      if (exchange) {
        workers.add(board.requests(exchange(round, i)).serve(
          request -> Future.succeededFuture(request.body())));
      } else {
        consumers.add(vertx.eventBus().consumer(address(round, i),
          message -> message.reply(message.body())));
      }
    }
  }

  /** Completes when all are gone. */
  Future<?> clear() {
    var gone = new ArrayList<Future<?>>();
    workers.forEach(worker -> gone.add(worker.compose(Attachment::detach)));
    consumers.forEach(consumer -> gone.add(consumer.unregister()));
    workers.clear();
    consumers.clear();
    return gone.isEmpty() ? Future.succeededFuture() : Future.join(gone);
  }
}

package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.task.WorkOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Works on tasks on one event loop: counts those whose acknowledgement is stored, and tells the
 * measuring node of those that have a number, over either contender, as soon as they are here.
 */
final class TaskVerticle extends CountingVerticle {
  static final String EXCHANGE = "bench.tasks";
  static final String ADDRESS = "bench/numbered";

  TaskVerticle(String source) {
    super(source);
  }

  @Override
  int arrivalsEach() {
    return 1;
  }

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    var sightings = board.requests(Sightings.EXCHANGE);
    var bus = vertx.eventBus();
    var consumer = bus.<Buffer>consumer(ADDRESS,
      message -> bus.send(Sightings.ADDRESS, message.body().getLong(0)));
    return Future.all(consumer.completion(),
      board.declare(EXCHANGE, Kind.TASK, new JsonObject()).compose(declared ->
        board.tasks(EXCHANGE).work(
          WorkOptions.prefetch(TaskDuels.PREFETCH).manual(), task -> {
            long number = ((Buffer) task.body()).getLong(0);
            if (number != 0) {
              sightings.send(number);
            }
            task.ack().onSuccess(stored -> overExchange().arrived(1));
            return null;
          })));
  }
}

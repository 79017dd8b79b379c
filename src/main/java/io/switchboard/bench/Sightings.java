package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** What has a number, until the far side says that it has seen it. On the client's event loop. */
final class Sightings {
  static final String EXCHANGE = "bench.seen";
  static final String ADDRESS = "bench/seen";

  private final Map<Long, Promise<Void>> awaited = new HashMap<>();
  private long last;

  /** To be called on the client's context. */
  Future<?> listen(Vertx vertx) {
    var consumer = vertx.eventBus().<Long>consumer(ADDRESS, message -> seen(message.body()));
    return Future.all(consumer.completion(),
      Switchboard.of(vertx).requests(EXCHANGE).serve(request -> {
        seen((Long) request.body());
        return null;
      }));
  }

  private void seen(long number) {
    var promise = awaited.remove(number);
    if (promise != null) {
      promise.complete();
    }
  }

  /** A number that was not used before. */
  long next() {
    return ++last;
  }

  /** Completes when the number was seen; to be called before it can be. */
  Future<Void> of(long number) {
    Promise<Void> promise = Promise.promise();
    awaited.put(number, promise);
    return promise.future();
  }
}

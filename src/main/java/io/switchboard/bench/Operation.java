package io.switchboard.bench;

import io.vertx.core.Future;

/** What a contender does over and over; called on the client's event loop. */
@FunctionalInterface
interface Operation {
  Future<?> run();
}

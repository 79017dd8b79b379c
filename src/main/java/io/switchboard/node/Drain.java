package io.switchboard.node;

import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Makes this node no target any more, and waits for what is going on here. Requests and entries
 * are waited for together: what is in hand of the one kind may still begin some of the other.
 */
record Drain(Vertx vertx, Trunks trunks, Exchanges exchanges, Collects collects) {
  private static final long LOOK_AGAIN_MILLIS = 20;

  /**
   * Completes when what other nodes had sent before they knew has arrived and what is in hand
   * is finished, or at the limit.
   */
  Future<Void> within(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    return Future.join(exchanges.leave(), collects.leave()).compose(left -> {
      Promise<Void> finished = Promise.promise();
      awaitFinished(trunks.settled(limit), end, finished);
      return finished.future();
    });
  }

  private void awaitFinished(Future<Void> arrived, long end, Promise<Void> finished) {
    if (arrived.isComplete() && unfinished() == 0 || System.nanoTime() - end >= 0) {
      finished.complete();
    } else {
      vertx.setTimer(LOOK_AGAIN_MILLIS, id -> awaitFinished(arrived, end, finished));
    }
  }

  /** Calls that wait for an answer, deliveries without one, entries that nobody has taken. */
  int unfinished() {
    return exchanges.unfinished() + collects.unfinished();
  }
}

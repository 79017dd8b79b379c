package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.exchange.CallOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Registers ten thousand on the far node and asks each from here until all have answered. */
final class RegisterRound {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int UNDER_WAY = 256;
  private static final long RETRY_MILLIS = 2;

  private final Switchboard near;
  private final boolean exchange;
  private final int round;
  private final Promise<Round> done = Promise.promise();
  private long startNanos;
  private int nextNumber;
  private int answered;

  RegisterRound(Switchboard near, boolean exchange, int round) {
    this.near = near;
    this.exchange = exchange;
    this.round = round;
  }

  /** To be called on the client's context. The rate is of exchanges or addresses. */
  Future<Round> run() {
    startNanos = System.nanoTime();
    near.requests(Services.control(FarNode.SUFFIX)).send(new JsonObject()
      .put("contender", exchange ? "exchange" : "plain").put("round", round))
      .onFailure(done::tryFail);
    for (int i = 0; i < UNDER_WAY; i++) {
      ask(nextNumber++);
    }
    return done.future();
  }

  private void ask(int number) {
    if (done.future().isComplete()) {
      return;
    }
    request(number).onComplete(outcome -> {
      if (outcome.failed()) {
        near.vertx().setTimer(RETRY_MILLIS, id -> ask(number));
        return;
      }
      answered++;
      if (nextNumber < Services.MANY) {
        ask(nextNumber++);
      } else if (answered == Services.MANY) {
        long nanos = System.nanoTime() - startNanos;
        var histogram = new Histogram(3);
        histogram.recordValue(nanos);
        done.complete(new Round(Services.MANY / (nanos / 1e9), histogram, 0));
      }
    });
  }

  private Future<?> request(int number) {
    if (exchange) {
      return near.requests(
        Services.numbered(Services.exchange(FarNode.SUFFIX), round, number))
        .request("ready?", CallOptions.within(PATIENCE));
    }
    return near.vertx().eventBus().request(
      Services.numbered(Services.plainAddress(FarNode.SUFFIX), round, number), "ready?",
      new DeliveryOptions().setSendTimeout(PATIENCE.toMillis()));
  }
}

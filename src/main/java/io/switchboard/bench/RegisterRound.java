package io.switchboard.bench;

import io.switchboard.exchange.CallOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Registers ten thousand on the far node and asks each from here until all have answered. */
final class RegisterRound {
  static final int MANY = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int UNDER_WAY = 256;
  private static final long RETRY_MILLIS = 2;

  private final Stage stage;
  private final boolean exchange;
  private final int round;
  private final Promise<Round> done = Promise.promise();
  private long startNanos;
  private int nextNumber;
  private int answered;

  RegisterRound(Stage stage, boolean exchange, int round) {
    this.stage = stage;
    this.exchange = exchange;
    this.round = round;
  }

  /** To be called on the client's context. The rate is of exchanges or addresses. */
  Future<Round> run() {
    startNanos = System.nanoTime();
    stage.order(new JsonObject().put("order", "register")
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
        stage.near().vertx().setTimer(RETRY_MILLIS, id -> ask(number));
        return;
      }
      answered++;
      if (nextNumber < MANY) {
        ask(nextNumber++);
      } else if (answered == MANY) {
        long nanos = System.nanoTime() - startNanos;
        done.complete(new Round(MANY / (nanos / 1e9), MANY, null, 0));
      }
    });
  }

  private Future<?> request(int number) {
    if (exchange) {
      return stage.near().requests(Registrations.exchange(round, number))
        .request("ready?", CallOptions.within(PATIENCE));
    }
    return stage.near().vertx().eventBus().request(
      Registrations.address(round, number), "ready?",
      new DeliveryOptions().setSendTimeout(PATIENCE.toMillis()));
  }
}

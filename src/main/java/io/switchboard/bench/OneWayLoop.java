package io.switchboard.bench;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Sends messages for which nobody waits as fast as a window allows: so many may be sent beyond
 * what the far side has confirmed. The plain event bus would take any number and fill the
 * memory; with the window both contenders work under the same bound. What counts is what has
 * arrived, on the far side's clock.
 */
final class OneWayLoop {
  /** The most messages that are sent and not confirmed. */
  static final int WINDOW = 8_192;

  private static final int BURST = 128;
  private static final long RETRY_MILLIS = 1;
  private static final long POLL_MILLIS = 100;
  /** So many looks without anything new: what is missing is lost. */
  private static final int PATIENCE = 10;

  /**
   * Where messages go.
   *
   * @param at        the receivers' name on the far side
   * @param exchange  true over the exchange, false over the plain event bus
   * @param window    the most unconfirmed messages
   * @param arrivals  how often each message arrives, on all nodes together
   * @param everybody whether each receiver gets every message
   * @param underWay  the most operations that have not ended, where they tell of their end
   */
  record Way(String at, boolean exchange, int window, int arrivals, boolean everybody,
    int underWay) {
    Way(String at, boolean exchange, int window, int arrivals, boolean everybody) {
      this(at, exchange, window, arrivals, everybody, window);
    }

    Way withUnderWay(int operations) {
      return new Way(at, exchange, window, arrivals, everybody, operations);
    }

    JsonObject order(String name) {
      return new JsonObject().put("order", name).put("at", at)
        .put("contender", exchange ? "exchange" : "plain").put("every", window / 16);
    }
  }

  private final Stage stage;
  private final Way way;
  private final Operation operation;
  private final Promise<Long> sent = Promise.promise();
  private int sources;
  private long endNanos;
  private long count;
  private long failures;
  private int underWay;
  private boolean running;
  private boolean scheduled;

  private OneWayLoop(Stage stage, Way way, Operation operation) {
    this.stage = stage;
    this.way = way;
    this.operation = operation;
  }

  static Future<Round> run(Stage stage, Way way, Operation operation, Duration time) {
    var loop = new OneWayLoop(stage, way, operation);
    return stage.order(way.order("begin"))
      .compose(begun -> stage.onClient(() -> loop.start(begun, time)))
      .compose(sent -> loop.collect(sent, -1, 0));
  }

  private Future<Long> start(List<JsonObject> begun, Duration time) {
    sources = begun.stream().mapToInt(answer -> answer.getInteger("sources")).sum();
    stage.confirmations().begin(this::schedule);
    endNanos = System.nanoTime() + time.toNanos();
    running = true;
    stage.near().vertx().setTimer(Math.max(1, time.toMillis()), id -> finish());
    schedule();
    return sent.future();
  }

  private void schedule() {
    if (running && !scheduled) {
      scheduled = true;
      stage.client().runOnContext(this::burst);
    }
  }

  private void burst(Void ignored) {
    scheduled = false;
    long room = way.window - (count - confirmed());
    for (int i = 0; i < BURST && i < room && underWay < way.underWay; i++) {
      var outcome = operation.run();
      if (!outcome.isComplete()) {
        underWay++;
        outcome.onComplete(this::ended);
      } else if (outcome.failed()) {
        stage.near().vertx().setTimer(RETRY_MILLIS, id -> schedule());
        return;
      }
      count++;
    }
    if (System.nanoTime() - endNanos >= 0) {
      finish();
    } else if (room > BURST && underWay < way.underWay) {
      schedule();
    }
  }

  private void ended(AsyncResult<?> outcome) {
    underWay--;
    if (outcome.failed()) {
      count--;
      failures++;
    }
    schedule();
  }

  private long confirmed() {
    var confirmations = stage.confirmations();
    return way.everybody ? confirmations.lowest(sources) / (way.arrivals / sources)
      : confirmations.sum();
  }

  private void finish() {
    if (running) {
      running = false;
      sent.complete(count);
    }
  }

  /** Looks until everything has arrived, or nothing more does. */
  private Future<Round> collect(long messages, long before, int without) {
    return stage.order(way.order("arrived")).compose(answers -> {
      long arrived = answers.stream().mapToLong(each -> each.getLong("count")).sum();
      long expected = messages * way.arrivals;
      int looks = arrived == before ? without + 1 : 0;
      if (arrived >= expected || looks == PATIENCE) {
        double perSecond = answers.stream().mapToDouble(each -> each.getDouble("perSecond"))
          .sum();
        return Future.succeededFuture(
          new Round(perSecond, arrived, null,
            failures + Math.max(0, expected - arrived)));
      }
      return stage.near().vertx().timer(POLL_MILLIS)
        .compose(waited -> collect(messages, arrived, looks));
    });
  }
}

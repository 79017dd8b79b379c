package io.switchboard.bench;

import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.StreamOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Takes chunks from a far node for a time, under a window that is the same for both. */
final class StreamRound {
  private static final String TO = "bench/chunk-sink";
  private static final long SETTLE_MILLIS = 200;

  private final Stage stage;
  private final int size;
  private final int window;
  private final Duration time;
  private final Promise<Round> done = Promise.promise();
  private long beganNanos;
  private long count;

  private StreamRound(Stage stage, int size, int window, Duration time) {
    this.stage = stage;
    this.size = size;
    this.window = window;
    this.time = time;
  }

  static Future<Round> overExchange(Stage stage, int size, int window, Duration time) {
    return stage.onClient(() -> new StreamRound(stage, size, window, time).overExchange());
  }

  static Future<Round> overBus(Stage stage, int size, int window, Duration time) {
    return stage.onClient(() -> new StreamRound(stage, size, window, time).overBus());
  }

  private Future<Round> overExchange() {
    var stream = stage.near().requests(ChunkVerticle.EXCHANGE).stream(
      new JsonObject().put("size", size), CallOptions.DEFAULT,
      StreamOptions.window(window).bytes(Math.max(1 << 20, size * window)));
    stream.exceptionHandler(done::tryFail);
    stream.handler(chunk -> count++);
    begin();
    stage.near().vertx().setTimer(time.toMillis(), id -> {
      finish();
      stream.cancel();
    });
    return done.future();
  }

  private Future<Round> overBus() {
    var bus = stage.near().vertx().eventBus();
    var grant = new JsonObject().put("to", TO).put("size", size).put("credit", window / 2);
    var consumer = bus.<Buffer>consumer(TO, chunk -> {
      if (chunk.body().length() > 0 && ++count % (window / 2) == 0
        && !done.future().isComplete()) {
        bus.send(ChunkVerticle.ADDRESS, grant);
      }
    });
    return consumer.completion().compose(registered -> {
      begin();
      bus.send(ChunkVerticle.ADDRESS, grant);
      bus.send(ChunkVerticle.ADDRESS, grant);
      stage.near().vertx().setTimer(time.toMillis(), id -> finish());
      // What is still under its credit arrives before nobody takes it.
      return done.future().compose(round ->
        stage.near().vertx().timer(SETTLE_MILLIS).map(round));
    }).eventually(consumer::unregister);
  }

  private void begin() {
    beganNanos = System.nanoTime();
  }

  private void finish() {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    done.tryComplete(new Round(count / seconds, count, null, 0));
  }
}

package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.exchange.ChunkWriter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Answers with chunks without an end, for as long as they are taken, on one event loop. */
final class ChunkVerticle extends VerticleBase {
  static final String EXCHANGE = "bench.chunks";
  static final String ADDRESS = "bench/chunks";

  /** What the receiver still lets the plain event bus send. */
  private int credit;

  @Override
  public Future<?> start() {
    // The plain event bus has no streams: messages under a credit that the receiver renews.
    var consumer = vertx.eventBus().<JsonObject>consumer(ADDRESS, order ->
      grant(order.body().getString("to"), chunk(order.body().getInteger("size")),
        order.body().getInteger("credit")));
    return Future.all(consumer.completion(),
      Switchboard.of(vertx).requests(EXCHANGE).serve(request -> {
        var chunks = request.<Buffer>chunks();
        var chunk = chunk(request.json().getInteger("size"));
        chunks.drainHandler(ignored -> fill(chunks, chunk));
        fill(chunks, chunk);
        return null;
      }));
  }

  private static Buffer chunk(int size) {
    return Buffer.buffer(new byte[size]);
  }

  private static void fill(ChunkWriter<Buffer> chunks, Buffer chunk) {
    while (!chunks.writeQueueFull()) {
      chunks.write(chunk);
    }
  }

  private void grant(String to, Buffer chunk, int more) {
    for (credit = more; credit > 0; credit--) {
      vertx.eventBus().send(to, chunk);
    }
  }
}

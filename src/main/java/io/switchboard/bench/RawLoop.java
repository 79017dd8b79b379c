package io.switchboard.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/** Writes bodies to a plain Vert.x TCP socket as fast as it takes them. */
final class RawLoop {
  /** As many bytes as the window of the other contenders. */
  private static final int QUEUE = 2 << 20;
  private static final int BURST = 16;
  private static final long POLL_MILLIS = 50;

  private final Stage stage;
  private final Buffer body;
  private final Promise<Long> written = Promise.promise();
  private NetSocket socket;
  private long endNanos;
  private long bytes;

  private RawLoop(Stage stage, Buffer body) {
    this.stage = stage;
    this.body = body;
  }

  /** The rate is of bodies. */
  static Future<Round> run(Stage stage, NetClient client, Buffer body, Duration time) {
    var loop = new RawLoop(stage, body);
    return stage.order(new JsonObject().put("order", "raw"))
      .compose(answers -> stage.onClient(() ->
        client.connect(answers.get(0).getInteger("port"), "127.0.0.1")
          .compose(socket -> loop.start(socket, time))))
      .compose(loop::collect)
      .eventually(() -> loop.socket == null ? Future.succeededFuture() : loop.socket.close());
  }

  private Future<Long> start(NetSocket connected, Duration time) {
    socket = connected.setWriteQueueMaxSize(QUEUE);
    endNanos = System.nanoTime() + time.toNanos();
    socket.drainHandler(ignored -> burst());
    burst();
    return written.future();
  }

  private void burst() {
    for (int i = 0; i < BURST && !socket.writeQueueFull(); i++) {
      socket.write(body);
      bytes += body.length();
    }
    if (System.nanoTime() - endNanos >= 0) {
      written.tryComplete(bytes);
    } else if (!socket.writeQueueFull()) {
      stage.client().runOnContext(ignored -> burst());
    }
  }

  private Future<Round> collect(long expected) {
    return stage.order(new JsonObject().put("order", "raw")).compose(answers -> {
      var answer = answers.get(0);
      if (answer.getLong("count") >= expected) {
        return Future.succeededFuture(new Round(answer.getDouble("perSecond") / body.length(),
          expected / body.length(), null, 0));
      }
      return stage.near().vertx().timer(POLL_MILLIS).compose(waited -> collect(expected));
    });
  }
}

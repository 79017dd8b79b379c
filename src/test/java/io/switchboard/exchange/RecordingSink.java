package io.switchboard.exchange;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A destination in memory that knows whether it was ended. */
final class RecordingSink implements WriteStream<Buffer> {
  private final Buffer written = Buffer.buffer();
  private volatile boolean ended;

  boolean ended() {
    return ended;
  }

  @Override
  public Future<Void> write(Buffer data) {
    written.appendBuffer(data);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    ended = true;
    return Future.succeededFuture();
  }

  @Override
  public RecordingSink exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public RecordingSink setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public RecordingSink drainHandler(Handler<Void> handler) {
    return this;
  }
}

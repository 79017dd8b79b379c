package io.switchboard.exchange;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.Pipe;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.function.Function;

/** A stream of chunks seen as one of another type; everything else is the stream's own. */
final class MappedStream<T> implements ReadStream<T> {
  private final ReplyStream stream;
  private final Function<Object, T> function;

  MappedStream(ReplyStream stream, Function<Object, T> function) {
    this.stream = stream;
    this.function = function;
  }

  @Override
  public ReadStream<T> handler(Handler<T> handler) {
    stream.handler(handler == null ? null : chunk -> {
      T mapped;
      try {
        mapped = function.apply(chunk);
      } catch (RuntimeException unusable) {
        stream.fail(unusable);
        return;
      }
      handler.handle(mapped);
    });
    return this;
  }

  @Override
  public ReadStream<T> exceptionHandler(Handler<Throwable> handler) {
    stream.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<T> endHandler(Handler<Void> handler) {
    stream.endHandler(handler);
    return this;
  }

  @Override
  public ReadStream<T> pause() {
    stream.pause();
    return this;
  }

  @Override
  public ReadStream<T> resume() {
    stream.resume();
    return this;
  }

  @Override
  public ReadStream<T> fetch(long amount) {
    stream.fetch(amount);
    return this;
  }

  @Override
  public Pipe<T> pipe() {
    return ReadStream.super.pipe().endOnFailure(false);
  }

  @Override
  public Future<Void> pipeTo(WriteStream<T> destination) {
    return pipe().to(destination).onFailure(failed -> stream.cancel());
  }
}

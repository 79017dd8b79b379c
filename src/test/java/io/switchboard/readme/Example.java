package io.switchboard.readme;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.TimeUnit;

/**
 * What the examples in README.md take for granted: each becomes a method of a subclass. A new
 * example may need another name here; the compiler says which.
 */
public abstract class Example {
  protected Switchboard board;
  protected Vertx vertx;
  protected WriteStream<Buffer> httpResponse;
  protected final JsonObject query = new JsonObject().put("words", "a b");
  protected final JsonObject tick = new JsonObject().put("price", 1.08);

  /** The example. */
  public abstract void run() throws Exception;

  final Example prepared(Switchboard board, Vertx vertx, String scratchFile) {
    this.board = board;
    this.vertx = vertx;
    httpResponse = vertx.fileSystem().openBlocking(scratchFile, new OpenOptions());
    return this;
  }

  protected static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  protected static void show(Object body) {
    String.valueOf(body);
  }
}

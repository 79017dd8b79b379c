package io.switchboard.container;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A Vert.x instance with a container over one directory. */
final class ContainerFixture implements AutoCloseable {
  static final int SCAN_MILLIS = 40;
  private static final long LIMIT_SECONDS = 20;

  final Path directory;
  final Vertx vertx = Vertx.vertx();
  Container container;

  ContainerFixture(Path directory) {
    this.directory = directory;
  }

  ContainerFixture start() throws Exception {
    return start(new JsonObject());
  }

  /** @param more options beside the directory and a short scan interval */
  ContainerFixture start(JsonObject more) throws Exception {
    var json = new JsonObject()
      .put("directory", directory.toString())
      .put("scanInterval", SCAN_MILLIS)
      .mergeIn(more);
    container = get(Container.start(vertx, ContainerOptions.from(json)));
    return this;
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The answer to an event-bus request, or the text of its failure. */
  String ask(String address) throws Exception {
    return get(vertx.eventBus().<Object>request(address, "?",
        new DeliveryOptions().setSendTimeout(5_000))
      .map(reply -> String.valueOf(reply.body()))
      .otherwise(Throwable::getMessage));
  }

  /** Null when no such file is known. */
  VerticleStatus status(String file) {
    return container.verticles().stream()
      .filter(status -> status.file().equals(file)).findFirst().orElse(null);
  }

  void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what
          + "; verticles: " + container.verticles());
      }
      Thread.sleep(10);
    }
  }

  void untilAnswers(String address, String answer) throws Exception {
    until(address + " answers " + answer, () -> answer.equals(ask(address)));
  }

  @Override
  public void close() throws Exception {
    if (container != null) {
      get(container.stop());
    }
    get(vertx.close());
  }
}

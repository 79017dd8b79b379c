package io.switchboard.container;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.TimeoutException;

/** A Vert.x instance with a container over one directory. */
final class ContainerFixture implements AutoCloseable {
  static final int SCAN_MILLIS = 40;
  private static final long LIMIT_SECONDS = 20;

  final Path directory;
  final Vertx vertx = Vertx.vertx();
  final AtomicInteger changes = new AtomicInteger();
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
    container = get(Container.start(vertx, ContainerOptions.from(json),
      changed -> changes.incrementAndGet()));
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

  /** Looks every few milliseconds; fails when the condition throws, or is not met in time. */
  void until(String what, Callable<Boolean> condition) throws Exception {
    var met = new CompletableFuture<Void>();
    var looks = Executors.newSingleThreadScheduledExecutor();
    try {
      looks.scheduleWithFixedDelay(() -> look(condition, met), 0, 10, TimeUnit.MILLISECONDS);
      met.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what
        + "; verticles: " + container.verticles(), late);
    } finally {
      looks.shutdownNow();
    }
  }

  private static void look(Callable<Boolean> condition, CompletableFuture<Void> met) {
    try {
      if (condition.call()) {
        met.complete(null);
      }
    } catch (Exception | AssertionError failed) {
      met.completeExceptionally(failed);
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

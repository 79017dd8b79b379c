package io.switchboard.bridge;

import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.routing.Route;
import io.switchboard.topic.Topics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** A bridge on a free loopback port, for tests that speak HTTP to it. */
final class RunningBridge implements AutoCloseable {
  final AtomicBoolean ready = new AtomicBoolean(true);
  final Exchanges exchanges;
  final Topics topics;
  final Collects collects;
  private final Vertx vertx = Vertx.vertx();
  private final OneNode node;
  private final Function<List<Integer>, Future<Bridge>> starter;
  private final Bridge bridge;

  /** @param http beside the free port and two instances */
  RunningBridge(JsonObject http, JsonObject bridge) {
    this.node = OneNode.on(vertx);
    this.exchanges = node.kinds().exchanges();
    this.topics = node.kinds().topics();
    this.collects = node.kinds().collects();
    var options = HttpOptions.from(http.copy().put("instances", 2));
    var live = HealthChecks.create(vertx)
      .register("process", check -> check.complete(Status.OK()));
    var readiness = HealthChecks.create(vertx)
      .register("cluster", check -> check.complete(ready.get() ? Status.OK() : Status.KO()));
    starter = ports -> Bridge.start(vertx, options, BridgeOptions.from(bridge), "127.0.0.1",
      ports, node.kinds(), new FixedAdministration(), new Health(live, readiness),
      () -> "figure 1\n");
    this.bridge = another(List.of(0));
  }

  /** A further bridge to the same exchanges; the caller stops it. */
  Bridge another(List<Integer> ports) {
    return await(starter.apply(ports));
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return bridge.port();
  }

  String url() {
    return bridge.url();
  }

  RawConnection connect() throws IOException {
    return new RawConnection(port());
  }

  /** One request on a connection of its own. Headers beside Host are given whole. */
  RawConnection.Response ask(String methodAndPath, String... headers) throws IOException {
    try (var connection = connect()) {
      connection.text(methodAndPath + " HTTP/1.1\r\n");
      if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
        connection.text("Host: 127.0.0.1:" + port() + "\r\n");
      }
      for (var header : headers) {
        connection.text(header + "\r\n");
      }
      connection.text("\r\n");
      return methodAndPath.startsWith("HEAD ")
        ? connection.headOfResponse() : connection.response();
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  /** How many are attached to the topic now. */
  int subscribers(String topic) {
    return node.directory().routes().route(topic).subscribers().stream()
      .mapToInt(Route.Subscribers::count).sum();
  }

  void awaitSubscribers(String topic, int count) {
    awaitCount("subscribers", count, () -> subscribers(topic));
  }

  /** Until subscribers' handlers have been called so often. */
  void awaitDelivered(String topic, int count) {
    awaitCount("deliveries", count,
      () -> topics.figures().get(topic).getInteger("delivered"));
  }

  private static void awaitCount(String what, int count, IntSupplier now) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (now.getAsInt() != count) {
      if (System.nanoTime() > end) {
        throw new AssertionError(now.getAsInt() + " " + what + ", not " + count);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  Future<Void> stopping() {
    return bridge.stop();
  }

  @Override
  public void close() {
    await(bridge.stop());
    await(vertx.close());
  }
}

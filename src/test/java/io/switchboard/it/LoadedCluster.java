package io.switchboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes: on node 0 verticles that make load and measure, on node 1 a worker that is stuck and
 * one that takes large bodies; on both one that answers at once.
 */
final class LoadedCluster implements AutoCloseable {
  /** Whether everything is to take as long as it should. */
  static final boolean LONG = Boolean.getBoolean("long");

  private static final Logger LOG = LoggerFactory.getLogger(LoadedCluster.class);
  private static final Duration LIMIT = Duration.ofSeconds(100);
  /** What a busy machine alone never takes, and a stall of seconds does. */
  private static final int SLOWEST_P99_MICROS = 1_000_000;

  private final FatJarCluster cluster;

  private LoadedCluster(FatJarCluster cluster) {
    this.cluster = cluster;
  }

  /** @param arguments of both nodes, such as the heap's size */
  static LoadedCluster start(String... arguments) throws IOException, InterruptedException {
    var near = FatJarCluster.verticleFolder();
    var far = FatJarCluster.verticleFolder();
    resource(near, "Load");
    resource(near, "Probe");
    resource(far, "Stuck");
    resource(far, "Sizes");
    Sources.worker(near, "Echo", "echo", "Future.succeededFuture(request.body())");
    Sources.worker(far, "Echo", "echo", "Future.succeededFuture(request.body())");
    var cluster = FatJarCluster.start(2, node -> {
      var all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--verticles", (node == 0 ? near : far).toString()));
      return all;
    });
    var loaded = new LoadedCluster(cluster);
    try {
      Eventually.see("node 0 reaches node 1", LIMIT,
        () -> cluster.api(0).request("close", "{}").statusCode(), status -> status == 200);
      loaded.probe("echo", 1_000, false);
      return loaded;
    } catch (RuntimeException | AssertionError | InterruptedException broken) {
      cluster.close();
      throw broken;
    }
  }

  /** Puts one of the verticles of {@code src/test/resources/load} into the directory. */
  static void resource(Path folder, String className) throws IOException {
    try (var source =
      LoadedCluster.class.getResourceAsStream("/load/" + className + ".java")) {
      Sources.deploy(folder, className, new String(source.readAllBytes(), UTF_8));
    }
  }

  FatJarCluster nodes() {
    return cluster;
  }

  /** Asks a verticle of node 0 or a worker of node 1 to do something. */
  JsonObject order(String exchange, JsonObject order) throws InterruptedException {
    try {
      var response = cluster.api(0).requestLater(exchange, order.encode())
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body().startsWith("{") ? new JsonObject(response.body()) : null;
    } catch (ExecutionException | TimeoutException failed) {
      throw new AssertionError(exchange + " did not " + order, failed);
    }
  }

  /**
   * Small requests at a rate; what became of them.
   *
   * @param large whether bodies of 64 MiB are sent beside them
   */
  JsonObject probe(String exchange, int rate, boolean large) throws InterruptedException {
    return order("probe", new JsonObject().put("exchange", exchange).put("rate", rate)
      .put("seconds", LONG ? 10 : 2).put("large", large));
  }

  /** What became of the load, as soon as it is good. */
  JsonObject result(String what, Predicate<JsonObject> good) {
    return Eventually.see(what, LIMIT, () ->
      new JsonObject(cluster.api(0).request("load", "{\"do\":\"tell\"}").body()), good);
  }

  /** Asks others at 2,000/s, alone and beside the load; p99 stays far below a stall. */
  void probeBeside(JsonObject load) throws InterruptedException {
    var alone = probe("echo", 2_000, false);
    order("load", load);
    compare(alone, probe("echo", 2_000, false));
  }

  /** Logs what load did to small requests, none of which may have failed. */
  static void compare(JsonObject alone, JsonObject beside) {
    LOG.info("alone: {}; beside load: {}; p99 {} times", alone, beside,
      Math.round(10.0 * beside.getInteger("p99Micros") / alone.getInteger("p99Micros")) / 10.0);
    assertThat(alone.getInteger("failed")).as(alone.encode()).isZero();
    assertThat(beside.getInteger("failed")).as(beside.encode()).isZero();
    assertThat(beside.getInteger("p99Micros"))
      .isLessThan(Math.max(SLOWEST_P99_MICROS, 10 * alone.getInteger("p99Micros")));
  }

  /** That both nodes live and neither ran out of memory. */
  void assertUnharmed() throws IOException {
    for (int node = 0; node < cluster.size(); node++) {
      assertThat(cluster.api(node).get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(cluster.log(node)).doesNotContain("OutOfMemory");
    }
  }

  @Override
  public void close() throws InterruptedException {
    cluster.close();
  }
}

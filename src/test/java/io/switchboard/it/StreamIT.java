package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Streams from a worker on node 1 through node 0, each with a small heap; what either side hears
 * when the other's node is killed; and the events of a topic, published at node 1 and read at
 * node 0. Shortened to 128 MiB; a whole GiB with {@code -Dlong}.
 */
class StreamIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int EVENTS = 20;
  private static final long SIZE = LONG ? 1L << 30 : 128L << 20;
  private static final String SMALL_HEAP = LONG ? "-Xmx128m" : "-Xmx96m";

  private static FatJarCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    var near = FatJarCluster.verticleFolder();
    var far = FatJarCluster.verticleFolder();
    writeBulk(far);
    Sources.worker(far, "Told", "told", "Future.succeededFuture(System.getProperty(\"told\"))");
    cluster = FatJarCluster.start(2, node -> List.of(
      SMALL_HEAP, "--set", "exchanges.prices.kind=topic",
      "--verticles", (node == 0 ? near : far).toString()));
    awaitFar();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void awaitFar() {
    Eventually.see("the worker on node 1 answers", SOON,
      () -> cluster.api(0).request("told", "{}").statusCode(), status -> status / 100 == 2);
  }

  /** Streams so many bytes in chunks of 64 KiB that each begin with their number. */
  private static void writeBulk(Path folder) throws IOException {
    Sources.deploy(folder, "Bulk", """
      import io.switchboard.Switchboard;
      import io.switchboard.exchange.ChunkWriter;
      import io.vertx.core.Future;
      import io.vertx.core.VerticleBase;
      import io.vertx.core.buffer.Buffer;

      public class Bulk extends VerticleBase {
        @Override
        public Future<?> start() {
          return Switchboard.of(vertx).requests("bulk").serve(request -> {
            request.onCancel(reason -> System.setProperty("told", reason.code().name()));
            ChunkWriter<Buffer> chunks = request.chunks();
            write(chunks, 0, ((Number) request.body()).longValue() >> 16);
            return null;
          });
        }

        private static void write(ChunkWriter<Buffer> chunks, long from, long to) {
          long next = from;
          while (next < to && !chunks.writeQueueFull()) {
            chunks.write(Buffer.buffer(new byte[1 << 16]).setLong(0, next++));
          }
          if (next == to) {
            chunks.end();
          } else {
            long rest = next;
            chunks.drainHandler(drained -> write(chunks, rest, to));
          }
        }
      }
      """);
  }

  private static InputStream bulk(long bytes) throws IOException {
    var response = cluster.api(0).send(cluster.api(0).request("/api/v1/exchanges/bulk/stream")
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(String.valueOf(bytes))).build(),
      BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  @Test
  void aLargeStreamPassesThroughTwoSmallNodes() throws Exception {
    try (var stream = bulk(SIZE)) {
      for (long number = 0; number < SIZE >> 16; number++) {
        var chunk = stream.readNBytes(1 << 16);
        assertThat(chunk).hasSize(1 << 16);
        assertThat(ByteBuffer.wrap(chunk).getLong()).isEqualTo(number);
      }
      assertThat(stream.read()).isEqualTo(-1);
    }
    for (int node = 0; node < 2; node++) {
      assertThat(cluster.log(node)).doesNotContain("OutOfMemory");
    }
  }

  @Test
  void aKilledWorkerIsNeverAnEnd() throws Exception {
    try (var stream = bulk(1L << 40)) {
      stream.readNBytes(10 << 20);
      cluster.kill(1);
      long killed = System.nanoTime();
      assertThatThrownBy(() -> {
        while (stream.read(new byte[1 << 16]) >= 0) {
          assertThat(System.nanoTime() - killed).isLessThan(SOON.toNanos());
        }
      }).isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(5));
    }
    cluster.restart(1);
    awaitFar();
  }

  @Test
  void aWorkerIsToldThatItsCallersNodeWasKilled() throws Exception {
    try (var stream = bulk(1L << 40)) {
      stream.readNBytes(10 << 20);
      cluster.kill(0);
      Eventually.see("the worker is told", SOON,
        () -> cluster.api(1).request("told", "{}").body(), "NODE_DOWN"::equals);
    }
    cluster.restart(0);
    awaitFar();
  }

  @Test
  void serverSentEventsOfAnotherNodeComeInOrder() throws Exception {
    var events = events(cluster.api(0));
    Eventually.see("node 1 knows of the subscriber", SOON,
      () -> new JsonObject(cluster.api(1).get("/api/v1/exchanges/prices").body()),
      shown -> shown.getJsonArray("subscribers").encode().contains("fx.test.#"));
    for (int i = 0; i < EVENTS; i++) {
      assertThat(cluster.api(1).publish("prices", "fx.test.n" + i, "{\"n\":" + i + "}")
        .statusCode()).isEqualTo(202);
      assertThat(cluster.api(1).publish("prices", "metal.test", "{}").statusCode())
        .isEqualTo(202);
    }
    assertThat(events.get(20, TimeUnit.SECONDS)).isEqualTo(IntStream.range(0, EVENTS)
      .mapToObj(i -> new JsonObject().put("key", "fx.test.n" + i)
        .put("body", new JsonObject().put("n", i))).toList());
  }

  private static CompletableFuture<List<JsonObject>> events(NodeApi api) throws Exception {
    var stream = api.send(api.request("/api/v1/exchanges/prices/subscribe?key=fx.test.%23")
      .header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
      .startsWith("text/event-stream");
    return CompletableFuture.supplyAsync(() -> {
      try (Stream<String> lines = stream.body()) {
        return lines.filter(line -> line.startsWith("data:"))
          .map(line -> new JsonObject(line.substring("data:".length()))).limit(EVENTS).toList();
      }
    });
  }
}

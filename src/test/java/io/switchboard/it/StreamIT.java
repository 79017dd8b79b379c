package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Streams from a worker on node 1 through node 0, each with a small heap; and what either side
 * hears when the other's node is killed. Shortened to 128 MiB; a whole GiB with {@code -Dlong}.
 */
class StreamIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final boolean LONG = Boolean.getBoolean("long");
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
      SMALL_HEAP, "--verticles", (node == 0 ? near : far).toString()));
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
}

package io.switchboard.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.testing.Allocated;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers at the ports where a node's lanes listen. */
class HostileBytesTest {
  private static final int MANY = 40;
  private static final int READ_LIMIT_MILLIS = 10_000;

  private static LocalCluster cluster;
  private static Peer target;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2, new JsonObject().put("trunk",
      new JsonObject().put("link", "socket").put("heartbeat", 100))), Duration.ofSeconds(40));
    var greeted = new AtomicReference<Peer>();
    cluster.node(0).vertx().eventBus().<JsonObject>consumer("switchboard/hello", hello -> {
      var peer = Peer.fromJson(hello.body().getJsonObject("peer"));
      if (peer.name().equals("node-1")) {
        greeted.set(peer);
      }
    });
    Await.until("a greeting of node-1", () -> greeted.get() != null);
    target = greeted.get();
    Await.result(cluster.node(1).requests("echo")
      .serve(request -> Future.succeededFuture(request.body())));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  @AfterEach
  void requestsAreStillAnswered() {
    for (int i = 0; i < 20; i++) {
      assertThat(Await.result(cluster.node(0).requests("echo").request(i)).body()).isEqualTo(i);
    }
    assertThat(cluster.node(0).memberCount()).isEqualTo(2);
  }

  private static Socket dial() throws IOException {
    var socket = new Socket("127.0.0.1", target.ports().get(0));
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    return socket;
  }

  private static Socket accepted() throws IOException {
    var socket = dial();
    socket.getOutputStream().write(SocketHandshake.greeting(target.incarnation()).getBytes());
    var answer = socket.getInputStream().readNBytes(SocketHandshake.ANSWER_LENGTH);
    assertThat(SocketHandshake.isAnswer(Buffer.buffer(answer))).isTrue();
    return socket;
  }

  private static void assertClosedAfter(Socket socket, Buffer bytes) throws IOException {
    try (socket) {
      socket.getOutputStream().write(bytes.getBytes());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException reset) {
      // What the other side had not read when it closed makes the close a reset.
      assertThat(reset).hasMessageMatching(".*(reset|Broken pipe|aborted).*");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, -1, Integer.MIN_VALUE, Integer.MAX_VALUE,
    SocketReader.MAX_BATCH + 1})
  void aBatchOfAnImpossibleLengthClosesTheConnection(int length) throws IOException {
    assertClosedAfter(accepted(), Buffer.buffer().appendInt(length).appendBytes(new byte[64]));
  }

  @ParameterizedTest
  @ValueSource(ints = {SocketReader.MAX_BATCH, 1 << 20, Integer.MAX_VALUE, -1})
  void whatIsOnlyAnnouncedTakesNoMemory(int length) throws IOException {
    long bytes = Allocated.byEventLoopsDuring(() -> {
      for (int i = 0; i < MANY; i++) {
        try (var socket = accepted()) {
          socket.getOutputStream().write(
            Buffer.buffer().appendInt(length).appendBytes(new byte[64]).getBytes());
        }
      }
      requestsAreStillAnswered();
    });
    assertThat(bytes / MANY).isLessThan(64 << 10);
  }

  @Test
  void whoeverDoesNotGreetIsClosed() throws IOException {
    assertClosedAfter(dial(), Buffer.buffer("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertClosedAfter(dial(), SocketHandshake.greeting(target.incarnation() + 1));
    assertClosedAfter(dial(), Buffer.buffer(new byte[1_000]));
  }

  @Test
  void randomBytesFromAStrangerCloseTheConnection() throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      var bytes = new byte[SocketHandshake.LENGTH + random.nextInt(5_000)];
      random.nextBytes(bytes);
      assertClosedAfter(dial(), Buffer.buffer(bytes));
    }
  }

  @Test
  void aConnectionThatEndsHalfWayIsForgotten() throws IOException {
    try (var socket = dial()) {
      socket.getOutputStream().write(new byte[] {0x53, 0x42});
    }
    try (var socket = accepted()) {
      socket.getOutputStream().write(Buffer.buffer().appendInt(1_000).appendByte((byte) 'S')
        .getBytes());
    }
  }

  @Test
  void aBatchThatIsNotUnderstoodIsDropped() throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    try (var socket = accepted()) {
      for (int i = 0; i < 200; i++) {
        var content = new byte[BatchHeader.LENGTH + random.nextInt(500)];
        random.nextBytes(content);
        var batch = Buffer.buffer(content).setInt(0, content.length);
        socket.getOutputStream().write(batch.getBytes());
      }
    }
  }
}

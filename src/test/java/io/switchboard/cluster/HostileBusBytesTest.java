package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.switchboard.testing.Allocated;
import io.switchboard.testing.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Strangers at the port where a node's clustered event bus listens. */
class HostileBusBytesTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  /** Above the interval of pings. */
  private static final int IDLE_SECONDS = 3;
  private static final int MANY = 40;
  private static final int FEW = 3;

  private static HazelcastCluster target;
  private static HazelcastCluster other;
  private static int port;
  private static List<ILoggingEvent> ofAFew;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() throws IOException {
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var name = UUID.randomUUID().toString();
    target = join(name, "127.0.0.1:1", port);
    other = join(name, target.address(), 0);
    target.vertx().eventBus().consumer("echo", message -> message.reply(message.body()));
    Await.until("the other node knows the address", () -> answer() != null);
    ofAFew = complaintsOfAFew();
  }

  /** The first ones: of many there is not a line for each. */
  private static List<ILoggingEvent> complaintsOfAFew() throws IOException {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    root().addAppender(log);
    for (int i = 1; i <= FEW; i++) {
      try (var socket = dial()) {
        socket.getOutputStream().write(Buffer.buffer().appendInt(-i).getBytes());
        int lines = i;
        Await.until("a line in the log", () -> log.list.size() >= lines);
      }
    }
    root().detachAppender(log);
    return log.list;
  }

  private static HazelcastCluster join(String name, String at, int busPort) {
    var options = ClusterOptions.from(new JsonObject().put("name", name).put("port", 0)
      .put("join", new JsonArray().add(at)).put("busPort", busPort));
    return Await.result(HazelcastCluster.join(
      options, "127.0.0.1", null, config -> { }, IDLE_SECONDS), LIMIT);
  }

  @AfterAll
  static void stop() {
    for (var each : List.of(other, target)) {
      Await.result(each.leave(false, 20_000), LIMIT);
    }
  }

  @BeforeEach
  void watchTheLog() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void messagesStillArrive() {
    root().detachAppender(log);
    assertThat(answer()).isEqualTo("small");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static String answer() {
    return Await.result(other.vertx().eventBus().<String>request("echo", "small")
      .map(reply -> reply.body()).otherwise((String) null));
  }

  private static Socket dial() throws IOException {
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  /** Sends it on many connections. */
  private void assertHarmless(byte[] bytes) throws IOException {
    long allocated = Allocated.byEventLoopsDuring(() -> {
      for (int i = 0; i < MANY; i++) {
        try (var socket = dial()) {
          socket.getOutputStream().write(bytes);
        }
      }
      assertThat(answer()).isEqualTo("small");
    });
    assertThat(allocated / MANY).isLessThan(64 << 10);
    assertThat(List.copyOf(log.list)).hasSizeLessThan(MANY)
      .allSatisfy(HostileBusBytesTest::assertOneLine);
  }

  private static void assertOneLine(ILoggingEvent event) {
    assertThat(event.getThrowableProxy()).isNull();
    assertThat(event.getFormattedMessage()).doesNotContain("\n");
  }

  @Test
  void eachOfAFewIsALineInTheLog() {
    assertThat(ofAFew).hasSize(FEW).allSatisfy(HostileBusBytesTest::assertOneLine)
      .allSatisfy(event -> assertThat(event.getFormattedMessage()).contains("no message"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 1, 20})
  void anImpossibleLengthHarmsNothing(int length) throws IOException {
    assertHarmless(
      Buffer.buffer().appendInt(length).appendBytes(new byte[64]).getBytes());
  }

  @Test
  void whatNeverComesTakesNoMemory() throws IOException {
    assertHarmless(
      Buffer.buffer().appendInt(Integer.MAX_VALUE).appendBytes(new byte[64]).getBytes());
    assertHarmless(Buffer.buffer().appendInt(1_000).appendByte((byte) 2).getBytes());
    assertHarmless(new byte[] {0, 0});
  }

  @Test
  void randomBytesHarmNothing() throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    for (int i = 0; i < MANY; i++) {
      var bytes = new byte[random.nextInt(5_000)];
      random.nextBytes(bytes);
      try (var socket = dial()) {
        socket.getOutputStream().write(bytes);
      }
    }
    assertThat(answer()).as("seed " + seed).isEqualTo("small");
  }

  @Test
  void aStrangerWhoSaysNothingMoreIsClosedAndAPeerIsNot() throws IOException {
    try (var silent = dial(); var stuck = dial()) {
      stuck.getOutputStream().write(Buffer.buffer().appendInt(Integer.MAX_VALUE).getBytes());
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(stuck.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Vert.x's fault; when this fails, it checks them, and decision 0020 is out of date. */
  @Test
  void aLengthInsideAMessageIsBelievedForAMoment() throws IOException {
    int claimed = 32 << 20;
    var message = Buffer.buffer().appendByte((byte) 2).appendByte((byte) -1).appendInt(claimed)
      .appendBytes(new byte[14]);
    long before = Allocated.byEventLoops();
    try (var socket = dial()) {
      socket.getOutputStream().write(
        Buffer.buffer().appendInt(message.length()).appendBuffer(message).getBytes());
    }
    Await.until("memory is allocated", () ->
      Allocated.byEventLoops() - before >= claimed);
  }
}

package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.exchange.CallOptions;
import io.switchboard.routing.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, read byte by byte. */
class EventStreamTest {
  private RunningBridge bridge;

  @BeforeEach
  void start() {
    bridge = new RunningBridge(new JsonObject().put("streamBuffer", 4)
      .put("streamHeartbeat", "200ms").put("idleTimeout", "1s"), new JsonObject());
    RunningBridge.await(bridge.exchanges.declare("news", Kind.TOPIC, new JsonObject()));
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void bringsWhatMatchesInItsOrder() throws IOException {
    try (var stream = subscribe("?key=fx.*")) {
      publish("fx.eur", new JsonObject().put("rate", 1.5));
      publish("metal.gold", 1);
      publish("fx.gbp", "two\nlines");
      publish("fx.usd", Buffer.buffer("b"));
      publish("fx.chf", null);
      assertThat(event(stream)).isEqualTo(
        "event: message\nid: 1\ndata: {\"key\":\"fx.eur\",\"body\":{\"rate\":1.5}}\n\n");
      assertThat(event(stream)).isEqualTo(
        "event: message\nid: 2\ndata: {\"key\":\"fx.gbp\",\"body\":\"two\\nlines\"}\n\n");
      assertThat(event(stream)).isEqualTo(
        "event: message\nid: 3\ndata: {\"key\":\"fx.usd\",\"body\":{\"bytes\":\"Yg\"}}\n\n");
      assertThat(event(stream)).isEqualTo(
        "event: message\nid: 4\ndata: {\"key\":\"fx.chf\",\"body\":null}\n\n");
    }
  }

  @Test
  void aGroupSharesAndAFilterLooksAtHeaders() throws IOException {
    try (var first = subscribe("?group=g&where=region:eu,desk");
      var second = subscribe("?group=g&where=region:us")) {
      for (var region : new String[] {"eu", "us", "x"}) {
        RunningBridge.await(bridge.topics.topic("news").publish("k", region,
          CallOptions.DEFAULT.header("region", region).header("desk", "1")));
      }
      assertThat(event(first)).contains("\"body\":\"eu\"");
      assertThat(event(second)).contains("\"body\":\"us\"");
    }
    assertThat(bridge.ask("GET /api/v1/exchanges/news/subscribe?group=a%20b").status())
      .isEqualTo(400);
  }

  @Test
  void beginsWithTheCurrentValuesWhereThereAreAny() throws IOException {
    assertThat(bridge.ask("GET /api/v1/exchanges/news/subscribe?retained=true").status())
      .isEqualTo(409);
    RunningBridge.await(
      bridge.exchanges.declare("rates", Kind.TOPIC, new JsonObject().put("retain", 10)));
    RunningBridge.await(bridge.topics.topic("rates").publish("fx.eur", 1.5));
    try (var stream = bridge.connect()) {
      stream.head("GET /api/v1/exchanges/rates/subscribe?retained=true HTTP/1.1",
        "Host: localhost:" + bridge.port());
      stream.headOfResponse();
      assertThat(stream.chunk()).isEqualTo("retry: 2000\n\n");
      assertThat(event(stream)).isEqualTo("event: message\nid: 1\ndata: "
        + "{\"key\":\"fx.eur\",\"body\":1.5,\"retained\":true}\n\n");
    }
  }

  @Test
  void staysOpenBeyondTheIdleTimeoutAndShowsThatItLives() throws IOException {
    try (var stream = subscribe("")) {
      for (int i = 0; i < 8; i++) {
        assertThat(stream.chunk()).isEqualTo(":\n\n");
      }
      publish("any.key", 1);
      assertThat(event(stream)).contains("any.key");
    }
  }

  @Test
  void refusesWhatIsNoTopic() throws IOException {
    RunningBridge.await(bridge.exchanges.declare("asked", Kind.REQUEST, new JsonObject()));
    assertThat(bridge.ask("GET /api/v1/exchanges/asked/subscribe").status()).isEqualTo(409);
    assertThat(bridge.ask("GET /api/v1/exchanges/nobody/subscribe").status()).isEqualTo(404);
    assertThat(RunningBridge.await(bridge.exchanges.delete("nobody"))).isFalse();
  }

  @Test
  void tellsASlowClientHowMuchItMissed() throws IOException {
    int published = 400;
    var body = "x".repeat(64 << 10);
    try (var stream = subscribe(new RawConnection(bridge.port(), 4_096), "")) {
      // Nobody reads: the socket fills, then the queue, and the rest is counted.
      for (int i = 0; i < published; i++) {
        publish("k", body);
      }
      int received = 0;
      long lost = 0;
      boolean gapped = false;
      publish("k.last", "end");
      bridge.awaitDelivered("news", published + 1);
      while (received + lost <= published) {
        var event = event(stream);
        if (event.startsWith("event: gap")) {
          gapped = true;
          lost += data(event).getLong("lost");
        } else {
          received++;
        }
      }
      assertThat(gapped).isTrue();
      assertThat(received + lost).isEqualTo(published + 1);
      assertThat(received).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void detachesWhenTheClientGoes() throws IOException {
    var before = bridge.subscribers("news");
    var stream = subscribe("");
    assertThat(bridge.subscribers("news")).isEqualTo(before + 1);
    stream.close();
    bridge.awaitSubscribers("news", before);
  }

  @Test
  void aMonitorTellsDownAndUp() throws IOException {
    try (var stream = bridge.connect()) {
      stream.head("GET /api/v1/exchanges/later/monitor HTTP/1.1",
        "Host: localhost:" + bridge.port());
      assertThat(stream.headOfResponse().status()).isEqualTo(200);
      assertThat(stream.chunk()).isEqualTo("retry: 2000\n\n");
      assertThat(event(stream)).startsWith("event: down\n").contains("\"reason\":\"ABSENT\"");
      RunningBridge.await(bridge.topics.topic("later").subscribe("#", event -> { }));
      assertThat(event(stream)).startsWith("event: up\n").contains("\"exchange\":\"later\"");
    }
  }

  @Test
  void endsInGoodOrderWhenTheBridgeStops() throws IOException {
    var stream = subscribe("");
    RunningBridge.await(bridge.stopping());
    var rest = new StringBuilder();
    for (var chunk = stream.chunk(); !chunk.isEmpty(); chunk = stream.chunk()) {
      rest.append(chunk);
    }
    assertThat(rest.toString()).matches("(:\n\n)*");
    assertThat(stream.isClosedByServer()).isTrue();
    stream.close();
  }

  private RawConnection subscribe(String query) throws IOException {
    return subscribe(bridge.connect(), query);
  }

  private RawConnection subscribe(RawConnection stream, String query) throws IOException {
    stream.head("GET /api/v1/exchanges/news/subscribe" + query + " HTTP/1.1",
      "Host: localhost:" + bridge.port());
    var head = stream.headOfResponse();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers()).containsEntry("Content-Type", "text/event-stream");
    assertThat(stream.chunk()).isEqualTo("retry: 2000\n\n");
    return stream;
  }

  private void publish(String key, Object body) {
    RunningBridge.await(bridge.topics.topic("news").publish(key, body));
  }

  /** The next one that is no heartbeat. */
  private static String event(RawConnection stream) throws IOException {
    var chunk = stream.chunk();
    while (chunk.equals(":\n\n")) {
      chunk = stream.chunk();
    }
    return chunk;
  }

  private static JsonObject data(String event) {
    return new JsonObject(event.substring(event.indexOf("data: ") + 6));
  }
}

package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports, bounds, tokens and the end of a bridge. */
class BridgeServerTest {
  private RunningBridge bridge;

  @AfterEach
  void stop() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @Test
  void stepsToTheNextFreePort() throws IOException {
    start(new JsonObject());
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var second = bridge.another(List.of(taken.getLocalPort(), bridge.port(), 0));
      assertThat(second.port()).isNotIn(taken.getLocalPort(), bridge.port());
      RunningBridge.await(second.stop());
      assertThatThrownBy(() -> bridge.another(List.of(taken.getLocalPort())))
        .hasRootCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void asksForTheToken() throws IOException {
    start(new JsonObject().put("token", "secret"));
    for (var path : new String[] {"/api/v1/nodes", "/eventbus/info", "/api/v1/nothing",
      "//api/v1/nodes", "/x/../api/v1/nodes", "/%61pi/v1/nodes", "/api/v1/nodes?token=secret",
      "/api/v1/exchanges/x/subscribe?token=wrong"}) {
      var refusal = bridge.ask("GET " + path);
      assertThat(refusal.status()).as(path).isEqualTo(401);
      assertThat(refusal.headers()).containsEntry("WWW-Authenticate", "Bearer");
      assertThat(new JsonObject(refusal.body()).getString("code")).isEqualTo("DENIED");
    }
    assertThat(bridge.ask("GET /api/v1/nodes", "Authorization: Bearer secret").status())
      .isEqualTo(200);
    assertThat(bridge.ask("GET /api/v1/nodes", "Authorization: Bearer secre").status())
      .isEqualTo(401);
    assertThat(bridge.ask("GET /eventbus/info?token=secret").status()).isEqualTo(200);
    assertThat(bridge.ask("GET /api/v1/exchanges/x/subscribe?token=secret").status())
      .isEqualTo(404);
    assertThat(bridge.ask("GET /health/live").status()).isEqualTo(200);
  }

  @Test
  void closesConnectionsBeyondTheBound() throws IOException {
    start(new JsonObject().put("maxConnections", 2));
    try (var first = bridge.connect(); var second = bridge.connect()) {
      assertThat(ask(first)).isEqualTo(200);
      assertThat(ask(second)).isEqualTo(200);
      try (var third = bridge.connect()) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(ask(first)).isEqualTo(200);
    }
  }

  @Test
  void closesIdleConnectionsButNotWaitingOnes() throws IOException {
    start(new JsonObject().put("idleTimeout", "300ms"));
    RunningBridge.await(bridge.exchanges.requests("slow").serve(request -> {
      Promise<Object> answer = Promise.promise();
      bridge.vertx().setTimer(1_500, timer -> answer.complete("done"));
      return answer.future();
    }));
    try (var waiting = bridge.connect(); var idle = bridge.connect()) {
      request(waiting, "slow");
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(waiting.response().body()).isEqualTo("done");
      assertThat(waiting.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesAConnectionWhoseRequestDoesNotCome() throws IOException {
    start(new JsonObject().put("idleTimeout", "300ms"));
    try (var head = bridge.connect(); var body = bridge.connect()) {
      head.text("GET / HTTP/1.1\r\nHost:");
      body.head("POST /api/v1/exchanges/x/request HTTP/1.1",
        "Host: localhost:" + bridge.port(), "Content-Length: 10").text("12345");
      assertThat(head.isClosedByServer()).isTrue();
      assertThat(body.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aSocketThatIsSpokenToIsNotIdle() throws IOException {
    start(new JsonObject().put("idleTimeout", "200ms"));
    try (var socket = bridge.connect()) {
      socket.head("GET /eventbus/websocket HTTP/1.1", "Host: localhost:" + bridge.port(),
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(socket.headOfResponse().status()).isEqualTo(101);
      Promise<Void> later = Promise.promise();
      bridge.vertx().setTimer(1_000, timer -> later.complete());
      RunningBridge.await(later.future());
      // A masked, empty ping frame, which is answered by a pong.
      socket.bytes(0x89, 0x80, 0, 0, 0, 0);
      assertThat(socket.read()).isEqualTo(0x8A);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rubbish\r\n\r\n", "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n"})
  void refusesWhatIsNotHttp(String text) throws IOException {
    start(new JsonObject());
    try (var connection = bridge.connect()) {
      var response = connection.text(text).response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("BAD_REQUEST");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void refusesOverlongLinesAndHeaders() throws IOException {
    start(new JsonObject());
    try (var connection = bridge.connect()) {
      var response = connection.text("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n").response();
      assertThat(response.status()).isEqualTo(414);
    }
    try (var connection = bridge.connect()) {
      var response = connection.head("GET / HTTP/1.1", "X: " + "x".repeat(9_000)).response();
      assertThat(response.status()).isEqualTo(431);
    }
  }

  @Test
  void servesTheFilesInTheJarWhenThereIsNoDirectory() throws IOException {
    start(new JsonObject().put("webroot", "target/no-such-directory"));
    assertThat(bridge.ask("GET /only-in-the-jar.txt").body())
      .isEqualTo("from the class path\n");
    assertThat(bridge.ask("GET /../logback-test.xml").status()).isEqualTo(404);
  }

  @Test
  void answersWhatIsInHandWhenItStops() throws Exception {
    start(new JsonObject());
    BlockingQueue<Promise<Object>> asked = new LinkedBlockingQueue<>();
    RunningBridge.await(bridge.exchanges.requests("slow").serve(request -> {
      Promise<Object> answer = Promise.promise();
      asked.add(answer);
      return answer.future();
    }));
    try (var waiting = bridge.connect(); var idle = bridge.connect()) {
      request(waiting, "slow");
      var answer = asked.poll(10, TimeUnit.SECONDS);
      var stopped = bridge.stopping();
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(stopped.isComplete()).isFalse();
      answer.complete("done");
      assertThat(waiting.response().body()).isEqualTo("done");
      RunningBridge.await(stopped);
    }
    assertThatThrownBy(() -> bridge.connect()).isInstanceOf(IOException.class);
  }

  @Test
  void doesNotWaitForEverWhenItStops() throws Exception {
    start(new JsonObject().put("stopTimeout", "500ms"));
    RunningBridge.await(bridge.exchanges.requests("never").serve(
      request -> Promise.promise().future()));
    try (var waiting = bridge.connect()) {
      request(waiting, "never");
      long begin = System.nanoTime();
      RunningBridge.await(bridge.stopping());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private void start(JsonObject http) {
    bridge = new RunningBridge(http, new JsonObject());
  }

  private int ask(RawConnection connection) throws IOException {
    return connection.head("GET /api/v1/nodes HTTP/1.1", "Host: localhost:" + bridge.port())
      .response().status();
  }

  private void request(RawConnection connection, String exchange) throws IOException {
    connection.head("POST /api/v1/exchanges/" + exchange + "/request HTTP/1.1",
      "Host: localhost:" + bridge.port(), "Content-Length: 0");
  }
}

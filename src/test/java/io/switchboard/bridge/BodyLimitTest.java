package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bridge.RawConnection.Response;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
  private static final int LIMIT = 10_000;

  private static RunningBridge bridge;

  @BeforeAll
  static void start() {
    bridge = new RunningBridge(new JsonObject().put("bodyLimit", LIMIT), new JsonObject());
    RunningBridge.await(bridge.exchanges.requests("length").serve(
      request -> Future.succeededFuture(request.text().length())));
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @Test
  void aBodyAtTheLimitIsTaken() throws IOException {
    try (var connection = bridge.connect()) {
      assertThat(post(connection, LIMIT).body()).isEqualTo("" + LIMIT);
      assertThat(postInChunks(connection, LIMIT, 700).body()).isEqualTo("" + LIMIT);
    }
  }

  @Test
  void overTheLimitIsRefusedAndTheConnectionStaysUsable() throws IOException {
    try (var connection = bridge.connect()) {
      assertTooLarge(post(connection, LIMIT + 1));
      assertThat(post(connection, 5).body()).isEqualTo("5");
      assertTooLarge(postInChunks(connection, LIMIT + 1, 700));
      assertThat(post(connection, 6).body()).isEqualTo("6");
      assertTooLarge(post(connection, LIMIT + BodyReader.MAX_EXCESS));
      assertThat(post(connection, 7).body()).isEqualTo("7");
    }
  }

  @Test
  void aFarTooLargeBodyIsRefusedBeforeItComes() throws IOException {
    try (var connection = bridge.connect()) {
      head(connection, "Content-Length: " + Integer.MAX_VALUE);
      var response = connection.response();
      assertTooLarge(response);
      assertThat(response.headers()).containsEntry("Connection", "close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anEndlessBodyIsCutOff() throws IOException {
    try (var connection = bridge.connect()) {
      head(connection, "Transfer-Encoding: chunked");
      var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      int most = (LIMIT + BodyReader.MAX_EXCESS) / 0x10000 + 1;
      for (int i = 0; i < most; i++) {
        connection.text(chunk);
      }
      assertTooLarge(connection.response());
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void permissionIsAskedForFirst() throws IOException {
    try (var connection = bridge.connect()) {
      head(connection, "Expect: 100-continue", "Content-Length: 5");
      assertThat(connection.headOfResponse().status()).isEqualTo(100);
      assertThat(connection.text("xxxxx").response().body()).isEqualTo("5");
      head(connection, "Expect: 100-continue", "Content-Length: " + (LIMIT + 1));
      assertTooLarge(connection.response());
    }
  }

  private static Response post(RawConnection connection, int size) throws IOException {
    head(connection, "Content-Length: " + size);
    return connection.text("x".repeat(size)).response();
  }

  private static Response postInChunks(RawConnection connection, int size, int chunk)
    throws IOException {
    head(connection, "Transfer-Encoding: chunked");
    for (int sent = 0; sent < size; sent += chunk) {
      int length = Math.min(chunk, size - sent);
      connection.text(Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n");
    }
    return connection.text("0\r\n\r\n").response();
  }

  private static void head(RawConnection connection, String... headers) throws IOException {
    connection.head("POST /api/v1/exchanges/length/request HTTP/1.1",
      "Host: localhost:" + bridge.port(), "Content-Type: text/plain",
      String.join("\r\n", headers));
  }

  private static void assertTooLarge(Response response) {
    assertThat(response.status()).isEqualTo(413);
    var problem = new JsonObject(response.body());
    assertThat(problem.getString("code")).isEqualTo("TOO_LARGE");
    assertThat(problem.getString("detail")).contains("" + LIMIT);
  }
}

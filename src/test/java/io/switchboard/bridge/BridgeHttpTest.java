package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bridge.RawConnection.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no exchange: who may come in, what is answered to whom, and the console. */
class BridgeHttpTest {
  @TempDir
  static Path webroot;

  private static RunningBridge bridge;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(webroot.resolve("index.html"), "<h1>console</h1>");
    Files.writeString(webroot.resolve("app.js"), "console.log(1)");
    Files.writeString(webroot.resolve(".hidden"), "secret");
    Files.writeString(webroot.resolveSibling("outside.txt"), "secret");
    bridge = new RunningBridge(new JsonObject()
      .put("webroot", webroot.toString())
      .put("allowedHosts", "board.example")
      .put("allowedOrigins", "https://pages.example"), new JsonObject());
  }

  @AfterAll
  static void stop() throws IOException {
    bridge.close();
    Files.deleteIfExists(webroot.resolveSibling("outside.txt"));
  }

  @Test
  void listsWhatTheAdministrationKnows() throws IOException {
    var nodes = bridge.ask("GET /api/v1/nodes");
    assertThat(nodes.status()).isEqualTo(200);
    assertThat(nodes.headers()).containsEntry("Content-Type", "application/json")
      .containsEntry("Cache-Control", "no-store");
    assertThat(new JsonArray(nodes.body())).hasSize(1);
    assertThat(new JsonArray(bridge.ask("GET /api/v1/nodes?all=true").body())).hasSize(2);
    assertThat(new JsonArray(bridge.ask("GET /api/v1/exchanges").body())).hasSize(1);
    assertThat(bridge.ask("GET /api/v1/verticles").body()).isEqualTo("[]");
    assertThat(new JsonObject(bridge.ask("GET /api/v1/exchanges/time").body()).getString("name"))
      .isEqualTo("time");
    var head = bridge.ask("HEAD /api/v1/nodes");
    assertThat(head.status()).isEqualTo(200);
  }

  @Test
  void forgetsALostNode() throws IOException {
    assertThat(bridge.ask("POST /api/v1/nodes/lost/forget", "Content-Length: 0").status())
      .isEqualTo(204);
    assertProblem(
      bridge.ask("POST /api/v1/nodes/nobody/forget", "Content-Length: 0"), 404, "BAD_REQUEST");
    assertProblem(
      bridge.ask("POST /api/v1/nodes/here/forget", "Content-Length: 0"), 409, "CONFLICT");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "GET /api/v1/exchanges/none       | 404 | NO_EXCHANGE",
    "GET /api/v1/nodes?all=perhaps    | 400 | BAD_REQUEST",
    "GET /api/v1/nodes?all=true&all=1 | 400 | BAD_REQUEST",
    "GET /api/v1/exchanges/b%C3%A4d   | 400 | BAD_REQUEST",
    "GET /api/v1/exchanges/a%2Fb      | 400 | BAD_REQUEST",
    "GET /api/v1/nothing              | 404 | BAD_REQUEST",
    "GET /api/v2/nodes                | 404 | BAD_REQUEST",
    "GET /nothing.txt                 | 404 | BAD_REQUEST",
    "POST /nothing                    | 404 | BAD_REQUEST",
    "PUT /api/v1/exchanges/x          | 400 | BAD_REQUEST"})
  void refusesWithAProblem(String request, int status, String code) throws IOException {
    assertProblem(bridge.ask(request, "Content-Length: 0"), status, code);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "DELETE /api/v1/nodes               | GET, HEAD",
    "POST /api/v1/exchanges/x           | DELETE, GET, HEAD, PUT",
    "GET /api/v1/exchanges/x/request    | POST",
    "HEAD /api/v1/exchanges/x/subscribe | GET",
    "POST /health/live                  | GET",
    "PUT /                              | GET, HEAD"})
  void namesTheMethodsThatAreAllowed(String request, String allowed) throws IOException {
    var response = bridge.ask(request, "Content-Length: 0");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", allowed)
      .containsEntry("Content-Type", "application/problem+json");
  }

  @Test
  void badJsonSaysWhereItIsBad() throws IOException {
    try (var connection = bridge.connect()) {
      put(connection, "{\"kind\": \"request\",\n oops}");
      var problem = assertProblem(connection.response(), 400, "BAD_REQUEST");
      assertThat(problem.getString("detail")).contains("line 2, column");
      put(connection, "{\"kind\": \"reqest\"}");
      assertThat(assertProblem(connection.response(), 400, "BAD_REQUEST").getString("detail"))
        .contains("'request'");
      put(connection, "[]");
      assertProblem(connection.response(), 400, "BAD_REQUEST");
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "abc", "86400001", "99999999999999999999", "1.5"})
  void aDeadlineIsMilliseconds(String deadline) throws IOException {
    var response = bridge.ask("POST /api/v1/exchanges/x/request",
      "Switchboard-Deadline-Ms: " + deadline, "Content-Length: 0");
    assertThat(assertProblem(response, 400, "BAD_REQUEST").getString("detail"))
      .contains("Switchboard-Deadline-Ms");
  }

  @ParameterizedTest
  @CsvSource({"/publish", "/publish?key=", "/publish?key=a..b", "/publish?key=*",
    "/subscribe?key=a..b"})
  void aRoutingKeyIsWords(String path) throws IOException {
    var method = path.startsWith("/publish") ? "POST" : "GET";
    assertProblem(bridge.ask(method + " /api/v1/exchanges/x" + path, "Content-Length: 0"),
      400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "GET /api/v1/nodes", "GET /", "GET /health/live", "GET /metrics", "GET /eventbus/info",
    "POST /api/v1/exchanges/x/request"})
  void aForeignHostIsDenied(String request) throws IOException {
    assertProblem(bridge.ask(request, "Host: evil.example:" + bridge.port(),
      "Content-Length: 0"), 403, "DENIED");
  }

  @Test
  void itsOwnAndConfiguredHostsAreServed() throws IOException {
    for (var host : new String[] {"localhost:" + bridge.port(), "127.0.0.1:" + bridge.port(),
      "[::1]:" + bridge.port(), "board.example", "BOARD.example:99"}) {
      assertThat(bridge.ask("GET /api/v1/nodes", "Host: " + host).status()).isEqualTo(200);
    }
    assertProblem(bridge.ask("GET /api/v1/nodes", "Host: localhost"), 403, "DENIED");
    assertProblem(bridge.ask("GET /api/v1/nodes", "Host: localhost:" + bridge.port(),
      "Host: localhost:" + bridge.port()), 400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "PUT /api/v1/exchanges/x          | http://evil.example   | 403",
    "DELETE /api/v1/exchanges/x       | null                  | 403",
    "GET /api/v1/exchanges/x/subscribe | http://evil.example  | 403",
    "GET /eventbus/info               | http://localhost:3000 | 403",
    "GET //eventbus/info              | http://evil.example   | 403",
    "GET /api/../eventbus/info        | http://evil.example   | 403",
    "GET /eventbus/info               | https://pages.example | 200",
    "GET /api/v1/nodes                | http://evil.example   | 200",
    "PUT /api/v1/exchanges/x          | https://pages.example | 400"})
  void aForeignOriginChangesAndFollowsNothing(String request, String origin, int status)
    throws IOException {
    var response = bridge.ask(request, "Origin: " + origin, "Content-Length: 0");
    assertThat(response.status()).isEqualTo(status);
    if (status == 403) {
      assertProblem(response, 403, "DENIED");
    }
    if (request.contains("/api/v1")) {
      assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }
  }

  @Test
  void itsOwnOriginMayChangeThings() throws IOException {
    assertProblem(bridge.ask("PUT /api/v1/exchanges/x", "Content-Length: 0",
      "Origin: http://127.0.0.1:" + bridge.port()), 400, "BAD_REQUEST");
  }

  @Test
  void aForeignPageCannotOpenAWebSocket() throws IOException {
    String[] upgrade = {"Connection: Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="};
    assertThat(bridge.ask("GET /eventbus/websocket", upgrade).status()).isEqualTo(101);
    var foreign = new String[] {upgrade[0], upgrade[1], upgrade[2], upgrade[3],
      "Origin: http://evil.example"};
    assertProblem(bridge.ask("GET /eventbus/websocket", foreign), 403, "DENIED");
    assertProblem(bridge.ask("GET /eventbus/1/abc/websocket", foreign), 403, "DENIED");
  }

  @Test
  void aForeignScriptTagIsTurnedAwayToo() throws IOException {
    assertProblem(bridge.ask("GET /eventbus/info", "Sec-Fetch-Site: cross-site"), 403,
      "DENIED");
    assertThat(bridge.ask("GET /eventbus/info", "Sec-Fetch-Site: same-origin").status())
      .isEqualTo(200);
  }

  @Test
  void servesTheConsole() throws IOException {
    var index = bridge.ask("GET /");
    assertThat(index.status()).isEqualTo(200);
    assertThat(index.body()).isEqualTo("<h1>console</h1>");
    assertThat(index.headers().get("Content-Type")).startsWith("text/html");
    assertThat(index.headers()).containsEntry("Cache-Control", "no-cache")
      .containsEntry("X-Content-Type-Options", "nosniff")
      .containsEntry("Referrer-Policy", "no-referrer");
    assertThat(index.headers().get("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(bridge.ask("GET /", "If-Modified-Since: " + index.headers().get("Last-Modified"))
      .status()).isEqualTo(304);
    assertThat(bridge.ask("GET /app.js").body()).isEqualTo("console.log(1)");
  }

  @ParameterizedTest
  @CsvSource({"/.hidden", "/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt"})
  void servesNothingElse(String path) throws IOException {
    assertThat(bridge.ask("GET " + path).body()).doesNotContain("secret");
  }

  @Test
  void saysHowItIs() throws IOException {
    var live = bridge.ask("GET /health/live");
    assertThat(live.status()).isEqualTo(200);
    assertThat(new JsonObject(live.body()).getString("outcome")).isEqualTo("UP");
    bridge.ready.set(false);
    var ready = bridge.ask("GET /health/ready");
    bridge.ready.set(true);
    assertThat(ready.status()).isEqualTo(503);
    assertThat(new JsonObject(ready.body()).getJsonArray("checks").getJsonObject(0)
      .getString("id")).isEqualTo("cluster");
    assertThat(bridge.ask("GET /health/ready").status()).isEqualTo(200);
    var metrics = bridge.ask("GET /metrics");
    assertThat(metrics.body()).isEqualTo("figure 1\n");
    assertThat(metrics.headers().get("Content-Type")).startsWith("text/plain; version=0.0.4");
  }

  private static void put(RawConnection connection, String body) throws IOException {
    connection.head("PUT /api/v1/exchanges/x HTTP/1.1", "Host: localhost:" + bridge.port(),
      "Content-Length: " + body.length()).text(body);
  }

  private static JsonObject assertProblem(Response response, int status, String code) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("Content-Type", "application/problem+json");
    var problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.getBoolean("retryable")).isFalse();
    return problem;
  }
}

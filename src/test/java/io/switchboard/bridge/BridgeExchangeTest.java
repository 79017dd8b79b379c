package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bridge.RawConnection.Response;
import io.switchboard.collect.Entry;
import io.switchboard.exchange.Reply;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests, sends and events over HTTP, with real exchanges behind. */
class BridgeExchangeTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static RunningBridge bridge;

  @BeforeAll
  static void start() {
    bridge = new RunningBridge(new JsonObject(), new JsonObject());
    var exchanges = bridge.exchanges;
    RunningBridge.await(exchanges.requests("echo").serve(request -> Future.succeededFuture(
      Reply.of(request.body(), request.headers()))));
    RunningBridge.await(exchanges.requests("bytes").serve(
      request -> Future.succeededFuture(Buffer.buffer("b"))));
    RunningBridge.await(exchanges.requests("failing").serve(
      request -> Future.failedFuture("out of paper")));
    RunningBridge.await(exchanges.requests("never").serve(
      request -> Promise.promise().future()));
    RunningBridge.await(exchanges.declare("idle", Kind.REQUEST, new JsonObject()));
    RunningBridge.await(exchanges.declare("news", Kind.TOPIC, new JsonObject()));
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
    "application/json          | {\"a\":1} | application/json          | {\"a\":1}",
    "application/json          | 5         | application/json          | 5",
    "application/json          | \"x\"     | text/plain; charset=utf-8 | x",
    "application/vnd.some+json | [1]       | application/json          | [1]",
    "text/plain                | {é        | text/plain; charset=utf-8 | {é",
    "application/octet-stream  | {}        | application/octet-stream  | {}",
    "application/x-www-form-urlencoded | {\"a\":1} | application/json   | {\"a\":1}",
    "application/x-www-form-urlencoded | a=1       | application/octet-stream | a=1",
    "-                         | [1]       | application/json          | [1]"})
  void aBodyGoesInAndComesBack(String type, String body, String replyType, String reply)
    throws Exception {
    var request = request("/exchanges/echo/request").POST(BodyPublishers.ofString(body));
    var response = send(type == null ? request : request.header("Content-Type", type));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(replyType);
    assertThat(response.body()).isEqualTo(reply);
  }

  @Test
  void aSurveyListsWhoRepliedAndWhoDidNot() throws Exception {
    var echo = new JsonObject(send(request("/exchanges/echo/survey")
      .header("Content-Type", "application/json").POST(BodyPublishers.ofString("[1]"))).body());
    assertThat(echo.getJsonArray("replies").getJsonObject(0).getJsonArray("body").encode())
      .isEqualTo("[1]");
    var never = new JsonObject(send(request("/exchanges/never/survey")
      .header("Switchboard-Deadline-Ms", "100").POST(BodyPublishers.noBody())).body());
    assertThat(never.getJsonArray("replies")).isEmpty();
    var missing = never.getJsonArray("missing").getJsonObject(0);
    assertThat(missing.getString("code")).isEqualTo("DEADLINE");
    assertThat(missing.fieldNames()).contains("node", "worker");
    assertThat(new JsonObject(send(request("/exchanges/failing/survey?enough=1")
      .POST(BodyPublishers.noBody())).body()).getJsonArray("failures")).hasSize(1);
    assertThat(send(request("/exchanges/echo/survey?enough=0")
      .POST(BodyPublishers.noBody())).statusCode()).isEqualTo(400);
  }

  @Test
  void nullIsNoContent() throws Exception {
    var response = send(request("/exchanges/echo/request")
      .header("Content-Type", "application/json").POST(BodyPublishers.ofString("null")));
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(send(request("/exchanges/echo/request").POST(BodyPublishers.noBody()))
      .statusCode()).isEqualTo(204);
  }

  @Test
  void headersTravelBothWays() throws Exception {
    var response = send(request("/exchanges/echo/request")
      .header("Switchboard-Header-User", "ann").header("Switchboard-Key", "k")
      .POST(BodyPublishers.ofString("{}")));
    assertThat(response.headers().firstValue("Switchboard-Header-User")).contains("ann");
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, request, 404, NO_EXCHANGE, false", "nobody, send, 404, NO_EXCHANGE, false",
    "nobody, publish?key=a, 404, NO_EXCHANGE, false", "idle, request, 503, NO_WORKER, true",
    "idle, send, 503, NO_WORKER, true",
    "idle, survey, 503, NO_WORKER, true", "news, request, 409, CONFLICT, false",
    "idle, publish?key=a, 409, CONFLICT, false",
    "failing, request, 500, WORKER_FAILED, false", "never, request, 504, DEADLINE, false"})
  void aFailureIsAProblem(String name, String operation, int status, String code,
    boolean retryable) throws Exception {
    var response = send(request("/exchanges/" + name + "/" + operation)
      .header("Switchboard-Deadline-Ms", "100").POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
      .contains("application/problem+json");
    var problem = new JsonObject(response.body());
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getBoolean("retryable")).isEqualTo(retryable);
    assertThat(response.headers().firstValue("Retry-After").isPresent())
      .isEqualTo(status == 503);
    if (name.equals("failing")) {
      assertThat(problem.getString("detail")).contains("out of paper");
    }
  }

  @Test
  void sendIsAcceptedAndArrives() throws Exception {
    BlockingQueue<Object> got = new LinkedBlockingQueue<>();
    RunningBridge.await(bridge.exchanges.requests("sink").serve(request -> {
      got.add(request.body());
      return Future.succeededFuture();
    }));
    var response = send(request("/exchanges/sink/send")
      .POST(BodyPublishers.ofString("{\"n\":1}")));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(got.poll(10, TimeUnit.SECONDS)).isEqualTo(new JsonObject().put("n", 1));
  }

  @Test
  void publishTakesItsKeyFromEitherPlace() throws Exception {
    BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    RunningBridge.await(bridge.topics.topic("news").subscribe("#",
      event -> keys.add(event.key())));
    assertThat(send(request("/exchanges/news/publish?key=a.b")
      .POST(BodyPublishers.ofString("1"))).statusCode()).isEqualTo(202);
    assertThat(send(request("/exchanges/news/publish").header("Switchboard-Key", "c.d")
      .POST(BodyPublishers.ofString("1"))).statusCode()).isEqualTo(202);
    assertThat(keys.poll(10, TimeUnit.SECONDS)).isEqualTo("a.b");
    assertThat(keys.poll(10, TimeUnit.SECONDS)).isEqualTo("c.d");
    assertThat(send(request("/exchanges/news/publish?key=a.b").header("Switchboard-Key", "c.d")
      .POST(BodyPublishers.ofString("1"))).statusCode()).isEqualTo(400);
  }

  @Test
  void anExchangeIsDeclaredOnceAndDeleted() throws Exception {
    var path = "/exchanges/fresh";
    assertThat(put(path, "{\"kind\":\"topic\"}")).isEqualTo(201);
    assertThat(put(path, "{\"kind\":\"topic\"}")).isEqualTo(200);
    assertThat(put(path, "{\"kind\":\"request\"}")).isEqualTo(409);
    assertThat(put(path, "{\"kind\":\"topic\",\"colour\":1}")).isEqualTo(400);
    assertThat(send(request(path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request(path).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void oneConnectionServesManyRequestsAndSurvivesRefusals() throws IOException {
    try (var connection = bridge.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(post(connection, "nobody", "{}").status()).isEqualTo(404);
        assertThat(post(connection, "echo", "{\"i\":" + i + "}").body())
          .isEqualTo("{\"i\":" + i + "}");
      }
    }
  }

  @Test
  void aClientThatLeavesHarmsNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      var connection = bridge.connect();
      connection.head("POST /api/v1/exchanges/never/request HTTP/1.1",
        "Host: localhost:" + bridge.port(), "Switchboard-Deadline-Ms: 200",
        "Content-Length: 0");
      connection.close();
    }
    try (var connection = bridge.connect()) {
      assertThat(post(connection, "bytes", "{}").body()).isEqualTo("b");
    }
  }

  @Test
  void anEntryIsEmittedToTheCollectorAndWaitsForOne() throws Exception {
    RunningBridge.await(bridge.exchanges.declare("log", Kind.COLLECT, new JsonObject()));
    assertThat(emit("log", "early").statusCode()).isEqualTo(202);
    var entries = new LinkedBlockingQueue<Entry>();
    RunningBridge.await(bridge.collects.collect("log").collect(entry -> {
      entries.add(entry);
      return null;
    }));
    assertThat(emit("log", "late").statusCode()).isEqualTo(202);
    for (var body : List.of("early", "late")) {
      var entry = entries.poll(10, TimeUnit.SECONDS);
      assertThat(entry).isNotNull();
      assertThat(entry.body()).isEqualTo(body);
      assertThat(entry.headers().get("Who")).isEqualTo("ann");
    }
    assertThat(emit("nothing-of-that-name", "").statusCode()).isEqualTo(404);
    assertThat(emit("news", "").statusCode()).isEqualTo(409);
  }

  private static HttpResponse<String> emit(String exchange, String body) throws Exception {
    return send(request("/exchanges/" + exchange + "/emit").header("Content-Type", "text/plain")
      .header("Switchboard-Header-Who", "ann").POST(BodyPublishers.ofString(body)));
  }

  private static Response post(RawConnection connection, String exchange, String body)
    throws IOException {
    return connection.head("POST /api/v1/exchanges/" + exchange + "/request HTTP/1.1",
      "Host: localhost:" + bridge.port(), "Content-Length: " + body.length())
      .text(body).response();
  }

  private static int put(String path, String body) throws Exception {
    return send(request(path).PUT(BodyPublishers.ofString(body))).statusCode();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(bridge.url() + "/api/v1" + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}

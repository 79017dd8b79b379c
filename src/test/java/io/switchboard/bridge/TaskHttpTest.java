package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks as a client sees them that only speaks HTTP; each test has a queue of its own. */
class TaskHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Vertx VERTX = Vertx.vertx();
  private static Switchboard board;

  @BeforeAll
  static void start() {
    board = Await.result(Switchboard.start(VERTX, new JsonObject().put("name", "alone")
      .put("http", new JsonObject().put("port", 0))));
    Await.result(board.declare("calls", Kind.REQUEST, new JsonObject()));
  }

  @AfterAll
  static void stop() {
    Await.result(board.stop());
    Await.result(VERTX.close());
  }

  private static void queue(String name, String options) {
    Await.result(board.declare(name, Kind.TASK, new JsonObject(options)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(board.httpUrl() + "/api/v1/exchanges/" + path))
      .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private static String submit(String path, String body) throws Exception {
    var response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return new JsonObject(response.body()).getString("id");
  }

  private static JsonObject leaseOne(String queue) throws Exception {
    var leased = new JsonArray(post(queue + "/tasks/lease?waitMs=10000", "").body());
    assertThat(leased).hasSize(1);
    return leased.getJsonObject(0);
  }

  private static JsonObject counts(String queue) throws Exception {
    return new JsonObject(send(request(queue + "/tasks").GET()).body());
  }

  private static String token(JsonObject task) {
    return new JsonObject().put("token", task.getString("token")).encode();
  }

  @Test
  void aTaskIsSubmittedLeasedAndAcked() throws Exception {
    queue("plain", "{}");
    var response = send(request("plain/tasks").header("Switchboard-Priority", "7")
      .header("Switchboard-Header-User", "ann").POST(BodyPublishers.ofString("{\"n\":1}")));
    assertThat(response.statusCode()).isEqualTo(202);
    var id = new JsonObject(response.body()).getString("id");
    assertThat(counts("plain").getInteger("ready")).isEqualTo(1);
    var task = leaseOne("plain");
    assertThat(task.getString("id")).isEqualTo(id);
    assertThat(task.getJsonObject("body")).isEqualTo(new JsonObject().put("n", 1));
    assertThat(task.getInteger("attempt")).isEqualTo(1);
    assertThat(task.getInteger("priority")).isEqualTo(7);
    assertThat(task.getJsonObject("headers").getString("User")).isEqualTo("ann");
    assertThat(state("plain", id)).isEqualTo("leased");
    assertThat(post("plain/tasks/" + id + "/extend",
      new JsonObject(token(task)).put("ms", 60_000).encode()).statusCode()).isEqualTo(204);
    assertThat(post("plain/tasks/" + id + "/ack", token(task)).statusCode()).isEqualTo(204);
    assertThat(state("plain", id)).isEqualTo("gone");
    assertThat(counts("plain").getInteger("acked")).isEqualTo(1);
  }

  private static String state(String queue, String id) throws Exception {
    return new JsonObject(send(request(queue + "/tasks/" + id).GET()).body()).getString("state");
  }

  @Test
  void aNackedTaskComesAgainAndTheOldTokenIsStale() throws Exception {
    queue("again", "{}");
    var id = submit("again/tasks", "1");
    var first = leaseOne("again");
    assertThat(post("again/tasks/" + id + "/nack?requeue=true", token(first)).statusCode())
      .isEqualTo(204);
    var second = leaseOne("again");
    assertThat(second.getInteger("attempt")).isEqualTo(2);
    var stale = post("again/tasks/" + id + "/ack", token(first));
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(stale.body()).getString("code")).isEqualTo("STALE_TOKEN");
    assertThat(post("again/tasks/" + id + "/ack", token(second)).statusCode()).isEqualTo(204);
  }

  @Test
  void deadLettersAreShownRequeuedAndDropped() throws Exception {
    queue("dying", "{\"maxAttempts\":1}");
    var id = submit("dying/tasks", "\"work\"");
    assertThat(post("dying/tasks/" + id + "/nack", new JsonObject(token(leaseOne("dying")))
      .put("reason", "no paper").encode()).statusCode()).isEqualTo(204);
    var dead = new JsonArray(send(request("dying/dead").GET()).body()).getJsonObject(0);
    assertThat(dead.getString("id")).isEqualTo(id);
    assertThat(dead.getString("body")).isEqualTo("work");
    assertThat(dead.getBoolean("leftOut")).isFalse();
    assertThat(dead.getJsonArray("reasons").encode()).contains("no paper");
    assertThat(post("dying/dead/" + id + "/requeue", "").statusCode()).isEqualTo(204);
    assertThat(post("dying/tasks/" + id + "/nack?requeue=false", token(leaseOne("dying")))
      .statusCode()).isEqualTo(204);
    assertThat(send(request("dying/dead/" + id).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("dying/dead/" + id).DELETE()).statusCode()).isEqualTo(404);
    assertThat(send(request("dying/dead").GET()).body()).isEqualTo("[]");
  }

  @Test
  void aLeaseWaitsForTheFirstTask() throws Exception {
    queue("late", "{}");
    assertThat(post("late/tasks/lease", "").body()).isEqualTo("[]");
    CompletableFuture<HttpResponse<String>> leased = CLIENT.sendAsync(
      request("late/tasks/lease?max=5&waitMs=20000").POST(BodyPublishers.noBody()).build(),
      BodyHandlers.ofString());
    var id = submit("late/tasks", "1");
    assertThat(leased.get(15, TimeUnit.SECONDS).body()).contains(id);
  }

  @Test
  void aClientThatGoesAwayUsesUpNoAttempt() throws Exception {
    queue("polls", "{\"maxAttempts\":1}");
    for (int i = 0; i < 3; i++) {
      try (var client = new RawConnection(URI.create(board.httpUrl()).getPort())) {
        client.head("POST /api/v1/exchanges/polls/tasks/lease?waitMs=20000 HTTP/1.1",
          "Host: 127.0.0.1", "Content-Length: 0");
        assertThat(counts("polls").getInteger("ready")).isZero();
      }
    }
    submit("polls/tasks", "1");
    assertThat(leaseOne("polls").getInteger("attempt")).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameTask() throws Exception {
    queue("once", "{}");
    var request = request("once/tasks").header("Idempotency-Key", "order-7");
    var first = send(request.POST(BodyPublishers.ofString("1"))).body();
    assertThat(send(request.POST(BodyPublishers.ofString("1"))).body()).isEqualTo(first);
    assertThat(send(request.POST(BodyPublishers.ofString("2"))).statusCode()).isEqualTo(409);
    assertThat(counts("once").getInteger("ready")).isEqualTo(1);
  }

  @Test
  void aDelayedTaskIsCountedAsSuch() throws Exception {
    queue("delayed", "{}");
    submit("delayed/tasks?delayMs=60000", "1");
    assertThat(counts("delayed").getInteger("delayed")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "nothing/tasks | 1 | 404 | NO_EXCHANGE",
    "calls/tasks | 1 | 409 | CONFLICT",
    "strict/tasks?delayMs=soon | 1 | 400 | BAD_REQUEST",
    "strict/tasks/lease?max=0 | 1 | 400 | BAD_REQUEST",
    "strict/tasks/x/ack | {\"token\":\"1\"} | 400 | BAD_REQUEST",
    "strict/tasks/1-1/ack | {} | 400 | BAD_REQUEST",
    "strict/tasks/1-1/ack | {\"token\":7} | 400 | BAD_REQUEST",
    "strict/tasks/1-1/extend | {\"token\":\"1\"} | 400 | BAD_REQUEST",
    "strict/tasks/1-1/ack | {\"token\":\"1\"} | 409 | STALE_TOKEN"})
  void whatIsWrongIsRefused(String path, String body, int status, String code) throws Exception {
    queue("strict", "{}");
    var response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
  }
}

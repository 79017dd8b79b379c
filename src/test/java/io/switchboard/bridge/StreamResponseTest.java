package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.exchange.ChunkWriter;
import io.switchboard.exchange.Request;
import io.switchboard.message.FailureCode;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams and dialogues over HTTP, and clients that go away. */
class StreamResponseTest {
  private static final HttpClient CLIENT =
    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final AtomicReference<FailureCode> CANCELLED = new AtomicReference<>();
  private static final AtomicInteger WRITTEN = new AtomicInteger();
  private static final AtomicInteger TAKEN = new AtomicInteger();

  private static RunningBridge bridge;

  @BeforeAll
  static void start() {
    bridge = new RunningBridge(new JsonObject(), new JsonObject());
    serve("numbers", request -> {
      ChunkWriter<Object> chunks = request.chunks();
      for (int i = 1; i <= 3; i++) {
        chunks.write(new JsonObject().put("n", i));
      }
      return chunks.end();
    });
    serve("halves", request -> {
      request.chunks().write("half\n");
      return bridge.vertx().timer(50).compose(late -> Future.failedFuture("the disk broke"));
    });
    serve("refuses", request -> Future.failedFuture("out of paper"));
    serve("endless", request -> {
      WRITTEN.set(0);
      request.onCancel(reason -> CANCELLED.set(reason.code()));
      write(request.chunks());
      return Promise.promise().future();
    });
    serve("silent", request -> {
      TAKEN.incrementAndGet();
      request.onCancel(reason -> CANCELLED.set(reason.code()));
      return Promise.promise().future();
    });
    serve("asks", request -> request.ask("your name?")
      .compose(name -> request.ask("and age, " + name.text() + "?"))
      .map(age -> "so you are " + age.body()));
  }

  private static void serve(
    String name, Function<Request, Future<?>> handler) {
    RunningBridge.await(bridge.exchanges.requests(name).serve(handler));
  }

  private static void write(ChunkWriter<Object> chunks) {
    chunks.drainHandler(drained -> write(chunks));
    while (!chunks.writeQueueFull()) {
      chunks.write(Buffer.buffer(new byte[10_000]));
      WRITTEN.incrementAndGet();
    }
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  private static HttpRequest to(String path, String accept, String body) {
    return HttpRequest.newBuilder(URI.create(bridge.url() + "/api/v1/exchanges/" + path))
      .header("Accept", accept).header("Content-Type", "text/plain")
      .POST(BodyPublishers.ofString(body)).build();
  }

  private static HttpResponse<String> ask(String path, String accept) throws Exception {
    return CLIENT.send(to(path, accept, ""), BodyHandlers.ofString());
  }

  @Test
  void chunksAreBytesLinesOrEvents() throws Exception {
    var bytes = ask("numbers/stream", "*/*");
    assertThat(bytes.statusCode()).isEqualTo(200);
    assertThat(bytes.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(bytes.body()).isEqualTo("{\"n\":1}{\"n\":2}{\"n\":3}");

    var lines = ask("numbers/stream", "application/x-ndjson");
    assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(lines.body()).isEqualTo("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");

    var events = ask("numbers/stream", "text/event-stream");
    assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(events.body()).isEqualTo("""
      event: chunk
      id: 0
      data: {"body":{"n":1}}

      event: chunk
      id: 1
      data: {"body":{"n":2}}

      event: chunk
      id: 2
      data: {"body":{"n":3}}

      event: end
      id: 3
      data: {"chunks":3}

      """);
  }

  @Test
  void whatFailsBeforeTheFirstChunkIsAProblem() throws Exception {
    var refused = ask("refuses/stream", "*/*");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("WORKER_FAILED");
    assertThat(ask("nobody/stream", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void whatFailsLaterIsNeverAnEnd() throws Exception {
    for (var accept : new String[] {"*/*", "application/x-ndjson"}) {
      assertThatThrownBy(() -> ask("halves/stream", accept)).isInstanceOf(IOException.class);
    }
    var events = CLIENT.send(
      to("halves/stream", "text/event-stream", ""), BodyHandlers.ofInputStream());
    try (var body = events.body()) {
      var seen = new StringBuilder();
      assertThatThrownBy(() -> {
        for (int next = body.read(); next >= 0; next = body.read()) {
          seen.append((char) next);
        }
      }).isInstanceOf(IOException.class);
      assertThat(seen).contains("event: error").contains("WORKER_FAILED", "the disk broke");
    }
  }

  @Test
  void aClientThatStopsReadingStopsTheWorkerAndOneThatLeavesCancels() throws Exception {
    CANCELLED.set(null);
    try (var connection = bridge.connect()) {
      connection.text("POST /api/v1/exchanges/endless/stream HTTP/1.1\r\nHost: 127.0.0.1:"
        + bridge.port() + "\r\nContent-Length: 0\r\n\r\n");
      var before = new AtomicInteger(-1);
      Await.until("the worker stands still", () -> {
        int now = WRITTEN.get();
        bridge.vertx().setTimer(200, later -> before.set(now));
        return now > 64 && before.get() == now;
      });
      assertThat(CANCELLED.get()).isNull();
    }
    Await.until("the worker is told", () -> CANCELLED.get() == FailureCode.CANCELLED);
  }

  @Test
  void aClientThatLeavesGivesItsRequestUp() throws Exception {
    CANCELLED.set(null);
    int before = TAKEN.get();
    try (var connection = bridge.connect()) {
      connection.text("POST /api/v1/exchanges/silent/request HTTP/1.1\r\nHost: 127.0.0.1:"
        + bridge.port() + "\r\nContent-Length: 0\r\n\r\n");
      Await.until("the worker has it", () -> TAKEN.get() > before);
    }
    Await.until("the worker is told", () -> CANCELLED.get() == FailureCode.CANCELLED);
  }

  @Test
  void aDialogueIsAnsweredByFurtherRequests() throws Exception {
    var response = CLIENT.send(to("asks/converse", "*/*", ""), BodyHandlers.ofInputStream());
    try (var events = new BufferedReader(
      new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      var first = next(events);
      assertThat(first.getString("body")).isEqualTo("your name?");
      assertThat(first.getInteger("remainingMs")).isBetween(1, 10_000);
      var path = "asks/converse/" + first.getString("dialogue");
      assertThat(answer(path, "Ann")).isEqualTo(202);
      assertThat(next(events).getString("body")).isEqualTo("and age, Ann?");
      assertThat(answer(path, "7")).isEqualTo(202);
      assertThat(next(events).getString("body")).isEqualTo("so you are 7");
      assertThat(answer(path, "8")).isEqualTo(409);
    }
  }

  @Test
  void aDialogueIsEndedByItsClient() throws Exception {
    var response = CLIENT.send(to("asks/converse", "*/*", ""), BodyHandlers.ofInputStream());
    try (var events = new BufferedReader(
      new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      var path = bridge.url() + "/api/v1/exchanges/asks/converse/"
        + next(events).getString("dialogue");
      var ended = CLIENT.send(
        HttpRequest.newBuilder(URI.create(path)).DELETE().build(), BodyHandlers.discarding());
      assertThat(ended.statusCode()).isEqualTo(204);
      assertThat(next(events).getString("code")).isEqualTo("CANCELLED");
    }
  }

  private static int answer(String path, String body) throws Exception {
    return CLIENT.send(to(path, "*/*", body), BodyHandlers.discarding()).statusCode();
  }

  private static JsonObject next(BufferedReader events) throws IOException {
    var line = events.readLine();
    while (!line.startsWith("data: ")) {
      line = events.readLine();
    }
    return new JsonObject(line.substring(6));
  }
}

package io.switchboard.cli;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An HTTP server on a free port that answers what a test says and keeps what it was asked. */
final class HttpStage implements AutoCloseable {
  private static final int LIMIT_SECONDS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, BiConsumer<HttpServerRequest, Buffer>> answers =
    new ConcurrentHashMap<>();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final HttpServer server;

  HttpStage() throws Exception {
    server = vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1")
      .toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** One request as it came. */
  record Asked(String line, Map<String, String> headers, String body) {
  }

  /** Answers this method and URI from now on. */
  void on(String line, BiConsumer<HttpServerRequest, Buffer> answer) {
    answers.put(line, answer);
  }

  void on(String line, int status, String type, String body) {
    on(line, (request, ignored) -> request.response().setStatusCode(status)
      .putHeader("Content-Type", type).end(body));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  Asked asked() throws InterruptedException {
    return asked.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void take(HttpServerRequest request) {
    var line = request.method() + " " + request.uri();
    request.body().onSuccess(body -> {
      var headers = new ConcurrentHashMap<String, String>();
      request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
      asked.add(new Asked(line, headers, body.toString()));
      answers.getOrDefault(line, (unknown, ignored) ->
        unknown.response().setStatusCode(404).end("no page")).accept(request, body);
    });
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}

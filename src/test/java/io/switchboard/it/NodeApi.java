package io.switchboard.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One node's HTTP API, with connections of its own. */
public final class NodeApi {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String url;
  private final HttpClient http = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  NodeApi(String url) {
    this.url = url;
  }

  /** Blocks; any status. */
  public HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET().build(), BodyHandlers.ofString());
  }

  /** The answer's array, whatever the status says. */
  public List<JsonObject> list(String path) throws IOException {
    return new JsonArray(get(path).body()).stream().map(JsonObject.class::cast).toList();
  }

  /** Asks an exchange; blocks; any status. */
  public HttpResponse<String> request(String exchange, String body) throws IOException {
    return send(requestTo(exchange, body), BodyHandlers.ofString());
  }

  /** Asks an exchange; the answer may have any status. */
  public CompletableFuture<HttpResponse<String>> requestLater(String exchange, String body) {
    return http.sendAsync(requestTo(exchange, body), BodyHandlers.ofString());
  }

  /** Submits a task; blocks; any status. */
  HttpResponse<String> submit(String exchange, String body) throws IOException {
    return send(request("/api/v1/exchanges/" + exchange + "/tasks")
      .header("Content-Type", "application/json").header("Switchboard-Deadline-Ms", "2000")
      .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** Emits to a collect exchange; blocks; any status. */
  HttpResponse<String> emit(String exchange, String body) throws IOException {
    return send(request("/api/v1/exchanges/" + exchange + "/emit")
      .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
      BodyHandlers.ofString());
  }

  /** Publishes to a topic; blocks; any status. */
  HttpResponse<String> publish(String topic, String key, String body) throws IOException {
    return send(request("/api/v1/exchanges/" + topic + "/publish?key=" + key)
      .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
      BodyHandlers.ofString());
  }

  /** Sends any request to this node; blocks. */
  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
    throws IOException {
    try {
      return http.send(request, handler);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + request);
    }
  }

  /** A request that fails after half a minute. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT);
  }

  private HttpRequest requestTo(String exchange, String body) {
    return request("/api/v1/exchanges/" + exchange + "/request")
      .header("Content-Type", "application/json").header("Switchboard-Deadline-Ms", "25000")
      .POST(BodyPublishers.ofString(body)).build();
  }
}

package io.switchboard.it;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that submit over HTTP to one node after another, and repeat a submit under its
 * idempotency key until it is answered. What they do is written to the history.
 */
final class TaskLoad implements AutoCloseable {
  private static final long TICK_MILLIS = 10;
  private static final long PAUSE_MILLIS = 150;
  private static final int MOST_PENDING = 1_000;
  private static final int KEYS = 8;
  /** Longer than a worker takes for a task, or those of one key, done in turn, would pile up. */
  private static final long KEY_PAUSE_MILLIS = 100;
  private static final int ACCEPTED = 202;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient(
    new HttpClientOptions().setConnectTimeout(1_000), new PoolOptions().setHttp1MaxSize(64));
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private volatile List<URI> nodes = List.of();
  private volatile boolean enough = true;
  private long timer;

  /** A series of submits to one exchange. */
  record Stream(String exchange, TaskHistory history) {
  }

  /** Where to submit; from now on. */
  void to(List<String> urls) {
    nodes = urls.stream().map(URI::create).toList();
  }

  /** So many a second, and beside them chains of submits of one key each. */
  void begin(Stream stream, int rate) {
    enough = false;
    var due = new double[1];
    timer = vertx.setPeriodic(TICK_MILLIS, id -> {
      for (due[0] += rate * TICK_MILLIS / 1_000.0; due[0] >= 1; due[0]--) {
        if (pending.get() < MOST_PENDING) {
          submit(stream, null);
        }
      }
    });
    for (int i = 0; i < KEYS; i++) {
      var key = "key-" + i;
      vertx.runOnContext(start -> submitNext(stream, key));
    }
  }

  private void submitNext(Stream stream, String key) {
    if (!enough) {
      submit(stream, key).onComplete(
        answered -> vertx.setTimer(KEY_PAUSE_MILLIS, id -> submitNext(stream, key)));
    }
  }

  /** So many at once. */
  void burst(Stream stream, int count) {
    vertx.runOnContext(start -> {
      for (int i = 0; i < count; i++) {
        submit(stream, null);
      }
    });
  }

  /** No new ones; what is unanswered is still repeated. */
  void end() {
    enough = true;
    vertx.cancelTimer(timer);
  }

  int pending() {
    return pending.get();
  }

  /** How many submits had to be repeated so far. */
  int repeats() {
    return repeats.get();
  }

  private Future<Void> submit(Stream stream, String key) {
    int number = numbers.incrementAndGet();
    stream.history.submitted(number, key);
    pending.incrementAndGet();
    return attempt(stream, number, key)
      .onSuccess(id -> stream.history.answered(number, id))
      .onComplete(done -> pending.decrementAndGet()).mapEmpty();
  }

  private Future<String> attempt(Stream stream, int number, String key) {
    return post(stream.exchange, number, key).recover(failure -> {
      repeats.incrementAndGet();
      return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .compose(later -> attempt(stream, number, key));
    });
  }

  private Future<String> post(String exchange, int number, String key) {
    var node = nodes.get(Math.floorMod(number + repeats.get(), nodes.size()));
    var options = new RequestOptions().setMethod(HttpMethod.POST).setHost(node.getHost())
      .setPort(node.getPort()).setURI("/api/v1/exchanges/" + exchange + "/tasks")
      .setIdleTimeout(5_000).putHeader("Content-Type", "application/json")
      .putHeader("Switchboard-Deadline-Ms", "4000")
      .putHeader("Idempotency-Key", exchange + "-" + number);
    if (key != null) {
      options.putHeader("Switchboard-Key", key);
    }
    return http.request(options)
      .compose(request -> request.send(Buffer.buffer(String.valueOf(number))))
      .compose(response -> response.body().compose(body ->
        response.statusCode() == ACCEPTED
          ? Future.succeededFuture(new JsonObject(body).getString("id"))
          : Future.failedFuture(response.statusCode() + " " + body)));
  }

  @Override
  public void close() {
    end();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

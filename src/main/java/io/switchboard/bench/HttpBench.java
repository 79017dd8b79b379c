package io.switchboard.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Measures a running cluster from outside: requests to one exchange through the HTTP API of one
 * node, a connection for each request under way. HTTP on both sides is part of every figure, and
 * there is nothing to compare it with.
 */
public final class HttpBench {
  private final RequestOptions target;
  private final String exchange;
  private final BenchPlan plan;
  private final Buffer body;

  /**
   * @param node     its address
   * @param token    null for none
   * @param exchange of kind request, with a worker
   */
  public HttpBench(String node, String token, String exchange, BenchPlan plan) {
    this.exchange = exchange;
    this.plan = plan;
    this.body = Buffer.buffer(new byte[plan.payload()]);
    target = new RequestOptions().setMethod(HttpMethod.POST)
      .setAbsoluteURI(node + "/api/v1/exchanges/" + exchange + "/request")
      .putHeader("Content-Type", "application/octet-stream");
    if (token != null && !token.isEmpty()) {
      target.putHeader("Authorization", "Bearer " + token);
    }
  }

  /** Gives the client an event loop of its own. */
  private static final class Client extends VerticleBase {
    private final Promise<Context> started = Promise.promise();

    @Override
    public Future<?> start() {
      started.complete(context);
      return Future.succeededFuture();
    }
  }

  /** Measures the plan's outstanding requests, and its rate if it names one. */
  public Future<List<Comparison>> run(Consumer<Comparison> report) {
    var vertx = Vertx.vertx();
    int connections = Math.max(Collections.max(plan.outstanding()), plan.rate() > 0 ? 256 : 1);
    var http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions()
      .setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    var client = new Client();
    return vertx.deployVerticle(client).compose(deployed -> client.started.future())
      .compose(context -> once(http).compose(answered -> measure(context, http, report)))
      .onComplete(measured -> vertx.close());
  }

  private Future<List<Comparison>> measure(
    Context context, HttpClientAgent http, Consumer<Comparison> report) {
    var duels = new ArrayList<Duel>();
    for (int outstanding : plan.outstanding()) {
      duels.add(duel("http/" + outstanding, outstanding + " outstanding", round ->
        ClosedLoop.run(context, () -> once(http), outstanding, plan.time(round))));
    }
    if (plan.rate() > 0) {
      duels.add(duel("http/open", plan.rate() + "/s", round ->
        OpenLoop.run(context, () -> once(http), plan.rate(), plan.time(round))));
    }
    return Bench.fight(duels, plan.rounds(), new Meter(List.of()), report);
  }

  private Duel duel(String key, String how, IntFunction<Future<Round>> measure) {
    return new Duel(key, "request to " + exchange + ", " + how, "requests",
      List.of(new Duel.Contender("HTTP", measure)));
  }

  private Future<Buffer> once(HttpClient http) {
    return http.request(target).compose(request -> request.send(body)).compose(this::answer);
  }

  private Future<Buffer> answer(HttpClientResponse response) {
    return response.body().compose(content -> response.statusCode() / 100 == 2
      ? Future.succeededFuture(content)
      : Future.failedFuture("HTTP " + response.statusCode() + ": " + content));
  }
}

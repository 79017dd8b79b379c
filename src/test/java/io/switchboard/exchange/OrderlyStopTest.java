package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.switchboard.testing.Flood;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderlyStopTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int LARGE = 60 << 10;
  private static final int MANY = 500;

  @ParameterizedTest
  @ValueSource(strings = {"socket", "eventbus"})
  void aNodeThatStopsInOrderLosesNoRequest(String link) {
    var cluster = Await.result(LocalCluster.start(3, new JsonObject().put("trunk",
      new JsonObject().put("link", link).put("creditBytes", "64MiB"))), LIMIT);
    var end = new AtomicBoolean();
    try {
      var handledByLeaver = new AtomicInteger();
      Await.result(cluster.node(1).requests("work")
        .serve(request -> Future.succeededFuture(request.body())));
      var leaver = cluster.node(2).vertx();
      Await.result(cluster.node(2).requests("work").serve(request -> {
        handledByLeaver.incrementAndGet();
        Promise<Object> later = Promise.promise();
        leaver.setTimer(5, id -> later.complete(request.body()));
        return later.future();
      }));
      Await.result(cluster.node(2).requests("bulk")
        .serve(request -> Future.succeededFuture(request.body())));
      var exchange = cluster.node(0).requests("work");
      var flood = Flood.until(end::get, cluster.node(0).vertx(), 64, exchange::request);
      Await.until("load on the leaver", () -> handledByLeaver.get() > 500);
      var bulk = moreThanCanHaveArrivedSoon(cluster);
      Await.result(cluster.node(2).stop(), LIMIT);
      Await.result(Future.all(bulk));
      int before = flood.finished();
      Await.until("requests after the stop", () -> flood.finished() > before + 500
        || flood.done().isComplete());
      end.set(true);
      assertThat(Await.result(flood.done())).isGreaterThan(before);
      Await.until("two members", () -> cluster.node(0).memberCount() == 2);
      Await.result(cluster.node(1).stop(), LIMIT);
      assertThat(Await.failure(exchange.request(""))).isInstanceOfSatisfying(
        SwitchboardException.class, failure ->
          assertThat(failure.code()).isEqualTo(FailureCode.NO_WORKER));
    } finally {
      end.set(true);
      Await.result(cluster.stop(), LIMIT);
    }
  }

  /** Requests that are still on their way when their node learns that the worker leaves. */
  private static List<Future<Reply>> moreThanCanHaveArrivedSoon(LocalCluster cluster) {
    var bulk = cluster.node(1).requests("bulk");
    var body = Buffer.buffer(new byte[LARGE]);
    var answers = new ArrayList<Future<Reply>>();
    Promise<Void> sent = Promise.promise();
    cluster.node(1).vertx().runOnContext(ignored -> {
      for (int i = 0; i < MANY; i++) {
        answers.add(bulk.request(body));
      }
      sent.complete();
    });
    Await.result(sent.future());
    return answers;
  }
}

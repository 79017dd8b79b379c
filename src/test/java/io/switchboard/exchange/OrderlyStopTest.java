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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderlyStopTest {
  private static final int LARGE = 60 << 10;
  private static final int MANY = 500;

  @ParameterizedTest
  @ValueSource(strings = {"socket", "eventbus"})
  void aNodeThatStopsInOrderLosesNoRequest(String link) {
    var cluster = Await.result(LocalCluster.start(3,
      new JsonObject().put("trunk", new JsonObject().put("link", link))), Duration.ofSeconds(40));
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
      var exchange = cluster.node(0).requests("work");
      var flood = Flood.until(end::get, cluster.node(0).vertx(), 64, exchange::request);
      Await.until("load on the leaver", () -> handledByLeaver.get() > 500);
      Await.result(cluster.node(2).stop(), Duration.ofSeconds(40));
      int before = flood.finished();
      Await.until("requests after the stop", () -> flood.finished() > before + 500
        || flood.done().isComplete());
      end.set(true);
      assertThat(Await.result(flood.done())).isGreaterThan(before);
      Await.until("two members", () -> cluster.node(0).memberCount() == 2);
      Await.result(cluster.node(1).stop(), Duration.ofSeconds(40));
      assertThat(Await.failure(exchange.request(""))).isInstanceOfSatisfying(
        SwitchboardException.class, failure ->
          assertThat(failure.code()).isEqualTo(FailureCode.NO_WORKER));
    } finally {
      end.set(true);
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  /** More than can have arrived by the time at which the caller learns that the worker goes. */
  @ParameterizedTest
  @ValueSource(strings = {"socket", "eventbus"})
  void whatIsUnderWayArrivesBeforeTheGoodbye(String link) {
    var cluster = Await.result(LocalCluster.start(2, new JsonObject().put("trunk",
      new JsonObject().put("link", link).put("creditBytes", "64MiB"))), Duration.ofSeconds(40));
    try {
      Await.result(cluster.node(1).requests("work")
        .serve(request -> Future.succeededFuture(request.body())));
      var exchange = cluster.node(0).requests("work");
      Await.result(exchange.request("first"));
      var body = Buffer.buffer(new byte[LARGE]);
      var answers = new ArrayList<Future<?>>();
      Promise<Void> sent = Promise.promise();
      cluster.node(0).vertx().runOnContext(ignored -> {
        for (int i = 0; i < MANY; i++) {
          answers.add(exchange.request(body));
        }
        sent.complete();
      });
      Await.result(sent.future());
      var stopped = cluster.node(1).stop();
      Await.result(Future.all(answers));
      Await.result(stopped, Duration.ofSeconds(40));
    } finally {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are asked of a second worker, and those that wait for one to come back. */
class SecondChanceTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    var options = new JsonObject().put("drainLimit", "1s")
      .put("labels", new JsonObject().put("zone", "a"));
    cluster = Await.result(LocalCluster.start(2, options), Duration.ofSeconds(40));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static RequestExchange declared(int node, String name, JsonObject options) {
    Await.result(cluster.node(node).declare(name, Kind.REQUEST, options));
    return cluster.node(node).requests(name);
  }

  private static List<Future<Reply>> ask(RequestExchange exchange, int count) {
    return IntStream.range(0, count).mapToObj(i -> exchange.request(i)).toList();
  }

  @Test
  void theFasterOfTwoAnswersAndTheOtherIsToldToStop() {
    var hedged = declared(0, "hedged", new JsonObject()
      .put("idempotent", true).put("hedge", "200ms").put("deadline", "8s"));
    var stuck = new AtomicBoolean();
    var cancelled = new AtomicInteger();
    Await.result(cluster.node(0).requests("hedged").serve(request ->
      Future.succeededFuture("fast")));
    Await.result(cluster.node(1).requests("hedged").serve(request -> {
      if (!stuck.get()) {
        return Future.succeededFuture("fast");
      }
      request.onCancel(why -> cancelled.incrementAndGet());
      return Promise.promise().future();
    }));
    for (int i = 0; i < 8; i++) {
      ask(hedged, 50).forEach(Await::result);
    }
    long before = hedged.figures().hedges.sum();
    stuck.set(true);
    ask(hedged, 20).forEach(reply -> assertThat(Await.result(reply).text()).isEqualTo("fast"));
    assertThat(hedged.figures().hedges.sum() - before).isEqualTo(10);
    assertThat(hedged.figures().requests.sum()).isEqualTo(420);
    assertThat(hedged.figures().replies.sum()).isEqualTo(420);
    Await.until("the slow worker is told to stop",
      () -> cancelled.get() == hedged.figures().hedges.sum() - before);

    // A twentieth and no more: the other requests wait for their deadline.
    ask(hedged, 200);
    Await.until("the budget is used up", () -> hedged.figures().hedges.sum() >= 25);
    assertThat(hedged.figures().hedges.sum()).isLessThanOrEqualTo(31);
  }

  @Test
  void anIdempotentExchangeWaitsForAWorkerThatComesBack() {
    var patient = declared(0, "patient", new JsonObject().put("idempotent", true));
    var first = Await.result(cluster.node(1).requests("patient").serve(request ->
      Future.succeededFuture("first")));
    assertThat(Await.result(patient.request("")).text()).isEqualTo("first");
    Await.result(first.detach());
    var waiting = ask(patient, 10);
    assertThat(waiting).noneMatch(Future::isComplete);
    Await.result(cluster.node(1).requests("patient").serve(request ->
      Future.succeededFuture("second")));
    waiting.forEach(reply -> assertThat(Await.result(reply).text()).isEqualTo("second"));
  }

  private static String deployMute(int node, String exchange) {
    return Await.result(cluster.node(node).vertx().deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return cluster.node(node).requests(exchange)
          .serve(request -> Promise.promise().future());
      }
    }));
  }

  @Test
  void whatAnUndeployedWorkerHadInHandFailsLongBeforeItsDeadline() {
    var id = deployMute(1, "forsaken");
    var reply = cluster.node(0).requests("forsaken").request("");
    Await.until("it is in hand", () -> cluster.node(1).requests("forsaken")
      .figures().delivered.sum() == 1);
    Await.result(cluster.node(1).vertx().undeploy(id));
    var failure = (SwitchboardException) Await.failure(reply);
    assertThat(failure.code()).isEqualTo(FailureCode.WORKER_GONE);
  }

  @Test
  void whatAnUndeployedWorkerHadInHandGoesToAnotherWhereThatIsAllowed() {
    var adopted = declared(0, "adopted", new JsonObject().put("idempotent", true));
    var id = deployMute(1, "adopted");
    var reply = adopted.request("");
    Await.until("it is in hand", () -> cluster.node(1).requests("adopted")
      .figures().delivered.sum() == 1);
    Await.result(cluster.node(0).requests("adopted").serve(request ->
      Future.succeededFuture("another")));
    Await.result(cluster.node(1).vertx().undeploy(id));
    assertThat(Await.result(reply).text()).isEqualTo("another");
    assertThat(adopted.figures().retries.sum()).isEqualTo(1);
  }

  @Test
  void whoNeverHadAWorkerIsToldAtOnce() {
    var lonely = declared(0, "lonely", new JsonObject().put("idempotent", true));
    var failure = Await.failure(lonely.request(""));
    assertThat(((SwitchboardException) failure).code()).isEqualTo(FailureCode.NO_WORKER);
  }

  @Test
  void aWorkerSaysItsWeightAndLabelsAndThoseOfItsNode() {
    var graded = declared(0, "graded", new JsonObject().put("balancer", "label")
      .put("prefer", new JsonObject().put("rank", "high").put("zone", "a")));
    Await.result(cluster.node(0).requests("graded").serve(request ->
      Future.succeededFuture("plain")));
    Await.result(cluster.node(1).requests("graded").serve(
      WorkerOptions.labelled("rank", "high").weight(3), request ->
        Future.succeededFuture("high")));
    ask(graded, 50).forEach(reply -> assertThat(Await.result(reply).text()).isEqualTo("high"));
    var workers = graded.resolution().now().route().workers();
    assertThat(workers).extracting(worker -> worker.label("zone")).containsExactly("a", "a");
    assertThat(workers).extracting(worker -> worker.weight()).containsExactly(1, 3);
  }

  @Test
  void latencyAwareLearnsHowLongEachWorkerTakes() {
    var timed = declared(0, "timed", new JsonObject().put("balancer", "latency-aware"));
    var vertx = cluster.node(1).vertx();
    Await.result(cluster.node(0).requests("timed").serve(request ->
      Future.succeededFuture("quick")));
    Await.result(cluster.node(1).requests("timed").serve(request ->
      vertx.timer(50).map("slow")));
    int slow = 0;
    for (int i = 0; i < 200; i++) {
      slow += Await.result(timed.request("")).text().equals("slow") ? 1 : 0;
    }
    assertThat(slow).isBetween(1, 20);
  }
}

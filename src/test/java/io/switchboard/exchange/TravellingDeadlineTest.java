package io.switchboard.exchange;

import static io.switchboard.exchange.CallOptions.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.switchboard.testing.Flood;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a deadline goes with a handler's own requests, and nothing expired runs. */
class TravellingDeadlineTest {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(60);

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(60));
    Await.result(requests(1, "remaining").serve(request ->
      Future.succeededFuture(request.remaining().toMillis())));
    Await.result(requests(0, "remaining-here").serve(request ->
      Future.succeededFuture(request.remaining().toMillis())));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static RequestExchange requests(int node, String name) {
    return cluster.node(node).requests(name);
  }

  /** What a handler's own request gets when the handler itself has SHORT. */
  private static Duration left(String name, Function<Request, Future<Reply>> asksFurther) {
    Await.result(requests(0, name).serve(request -> asksFurther.apply(request).map(Reply::body)));
    return Duration.ofMillis(
      (Long) Await.result(requests(1, name).request("", within(SHORT))).body());
  }

  @Test
  void whatAHandlerAsksInItsOwnStackInherits() {
    assertThat(left("inherits", request -> requests(0, "remaining").request("")))
      .isLessThanOrEqualTo(SHORT);
    assertThat(left("inherits-here", request -> requests(0, "remaining-here").request("")))
      .isLessThanOrEqualTo(SHORT);
    assertThat(left("survey", request -> requests(0, "remaining").survey("")
      .map(survey -> survey.replies().get(0).reply()))).isLessThanOrEqualTo(SHORT);
  }

  @Test
  void anExplicitTimeoutOnlyShortens() {
    assertThat(left("longer", request -> requests(0, "remaining").request("", within(LONG))))
      .isLessThanOrEqualTo(SHORT);
    assertThat(left("shorter", request ->
      requests(0, "remaining").request("", within(Duration.ofSeconds(1)))))
      .isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsAskedLaterInheritsByTheRequest() {
    var vertx = cluster.node(0).vertx();
    assertThat(left("later", request -> vertx.timer(5).compose(fired ->
      requests(0, "remaining").request("", CallOptions.of(request).timeout(LONG)))))
      .isLessThanOrEqualTo(SHORT);
    assertThat(left("on-its-own", request -> vertx.timer(5).compose(fired ->
      requests(0, "remaining").request("")))).isGreaterThan(SHORT);
  }

  @Test
  void aWorkerThreadInheritsTooAndKeepsNothingAfterwards() {
    Promise<Long> afterwards = Promise.promise();
    Await.result(cluster.node(0).vertx().deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return requests(0, "thread").serve(request -> {
          context.runOnContext(next -> requests(0, "remaining").request("")
            .map(reply -> (Long) reply.body()).onComplete(afterwards));
          if (request.text().equals("throw")) {
            throw new IllegalStateException("on purpose");
          }
          return requests(0, "remaining").request("").map(Reply::body);
        });
      }
    }, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    Await.failure(requests(1, "thread").request("throw", within(SHORT)));
    assertThat(Await.result(afterwards.future())).isGreaterThan(SHORT.toMillis());
    assertThat((Long) Await.result(requests(1, "thread").request("", within(SHORT))).body())
      .isLessThanOrEqualTo(SHORT.toMillis());
  }

  @Test
  void aOneWayMessageOutlivesTheRequestUnlessToldOtherwise() {
    var left = new AtomicReference<Duration>();
    Await.result(requests(1, "sink").serve(request -> {
      left.set(request.remaining());
      return null;
    }));
    Await.result(requests(0, "sender").serve(request -> requests(0, "sink").send("",
      request.text().equals("bound") ? CallOptions.of(request) : CallOptions.DEFAULT)));
    Await.result(requests(1, "sender").request("free", within(SHORT)));
    Await.until("the message", () -> left.get() != null);
    assertThat(left.getAndSet(null)).isGreaterThan(SHORT);
    Await.result(requests(1, "sender").request("bound", within(SHORT)));
    Await.until("the message", () -> left.get() != null);
    assertThat(left.get()).isLessThanOrEqualTo(SHORT);
  }

  @Test
  void onBehalfOfAnExpiredRequestNothingIsAsked() {
    var kept = new AtomicReference<Request>();
    Await.result(requests(0, "keeps").serve(request -> {
      kept.set(request);
      return null;
    }));
    Await.result(requests(0, "keeps").request("", within(Duration.ofMillis(200))));
    Await.until("it to expire", () -> kept.get().remaining().isZero());
    for (var outcome : new Future<?>[] {
      requests(0, "remaining").request("", CallOptions.of(kept.get())),
      requests(0, "remaining").send("", CallOptions.of(kept.get()))}) {
      assertThat(Await.failure(outcome)).isInstanceOfSatisfying(SwitchboardException.class,
        failure -> assertThat(failure.code()).isEqualTo(FailureCode.DEADLINE));
    }
  }

  @Test
  void aMillionExpiredRequestsExecuteNoHandler() {
    int round = 250_000;
    int oneWay = 1_000;
    var busy = new BusyWorker("million");
    var exchange = requests(0, "million");
    var figures = exchange.figures();
    var vertx = cluster.node(0).vertx();
    var expired = within(Duration.ofMillis(1));
    var soon = within(Duration.ofMillis(500));
    for (int i = 1; i <= 4; i++) {
      int held = i;
      busy.hold();
      Promise<Void> sent = Promise.promise();
      vertx.runOnContext(go -> Future.all(IntStream.range(0, oneWay)
        .mapToObj(n -> exchange.send(n, soon)).toList()).<Void>mapEmpty().onComplete(sent));
      Await.result(sent.future());
      long allExpired = System.nanoTime() + 500_000_000;
      Await.result(Flood.of(vertx, round, 20_000, n ->
        exchange.request(n, expired).transform(outcome -> outcome.failed()
          ? Future.succeededFuture() : Future.failedFuture("ran"))), Duration.ofSeconds(60));
      Await.until("the one-way messages expire", () -> System.nanoTime() - allExpired > 0);
      busy.release();
      Await.until("all that were sent are dropped", () ->
        figures.abandoned.sum() == figures.requests.sum() + figures.sends.sum() - held);
    }
    assertThat(figures.abandoned.sum()).isGreaterThan(900_000);
    assertThat(busy.executed.get()).isZero();
    Await.result(exchange.request("in time"));
    assertThat(busy.executed.get()).isOne();
  }

  /** A worker of node 0 that can be kept busy while messages for it expire. */
  private static final class BusyWorker {
    private final AtomicInteger executed = new AtomicInteger();
    private final Semaphore held = new Semaphore(0);
    private final String exchange;
    private volatile CountDownLatch free;

    private BusyWorker(String exchange) {
      this.exchange = exchange;
      Await.result(cluster.node(0).declare(exchange, Kind.REQUEST,
        new JsonObject().put("mailbox", 1 << 19)));
      Await.result(cluster.node(0).vertx().deployVerticle(new VerticleBase() {
        @Override
        public Future<?> start() {
          return requests(0, exchange).serve(request -> {
            if ("hold".equals(request.body())) {
              held.release();
              await(free);
            } else {
              executed.incrementAndGet();
            }
            return null;
          });
        }
      }, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    }

    private void hold() {
      free = new CountDownLatch(1);
      requests(0, exchange).send("hold", within(LONG));
      held.acquireUninterruptibly();
    }

    private void release() {
      free.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

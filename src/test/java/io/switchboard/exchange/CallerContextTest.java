package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerContextTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(40));
    for (int node = 0; node < 2; node++) {
      Await.result(cluster.node(node).requests("place-" + node)
        .serve(request -> Future.succeededFuture(request.body())));
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  /** Everything that gives a future: answered here, answered there, failed, one-way, topic. */
  private static List<Function<String, Future<?>>> operations() {
    var board = cluster.node(0);
    return List.of(name -> board.requests("place-0").request(name),
      name -> board.requests("place-1").request(name),
      name -> board.requests("nowhere-" + name).request(name),
      name -> board.requests("place-1").send(name),
      name -> board.requests("served-" + name).serve(request -> null),
      name -> board.topic("topic-" + name).subscribe("#", event -> { }),
      name -> board.delete("unknown-" + name));
  }

  /** Completes with the context and thread on which the operation's outcome was told. */
  private record Told(Context context, boolean onWorker, boolean onEventLoop) {
    static Future<Told> by(Future<?> operation) {
      Promise<Told> told = Promise.promise();
      operation.onComplete(outcome -> told.complete(new Told(Vertx.currentContext(),
        Context.isOnWorkerThread(), Context.isOnEventLoopThread())));
      return told.future();
    }
  }

  private static final class Home extends VerticleBase {
    private Context home;

    @Override
    public Future<?> start() {
      home = context;
      return Future.succeededFuture();
    }
  }

  @ParameterizedTest
  @EnumSource(value = ThreadingModel.class, names = {"EVENT_LOOP", "WORKER"})
  void outcomesComeBackToTheCallersContext(ThreadingModel threading) {
    var vertx = cluster.node(0).vertx();
    var verticle = new Home();
    var id = Await.result(vertx.deployVerticle(
      verticle, new DeploymentOptions().setThreadingModel(threading)));
    var operations = operations();
    for (int i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      var name = threading + "-" + i;
      Promise<Told> told = Promise.promise();
      verticle.home.runOnContext(
        ignored -> Told.by(operation.apply(name)).onComplete(told));
      var heard = Await.result(told.future());
      assertThat(heard.context()).as("operation %d", i).isSameAs(verticle.home);
      assertThat(heard.onWorker()).isEqualTo(threading == ThreadingModel.WORKER);
    }
    Await.result(vertx.undeploy(id));
  }

  @Test
  void aCallerWithoutAContextHearsOnAnEventLoop() {
    for (var operation : List.of(operations().get(0), operations().get(1))) {
      var heard = Await.result(Told.by(operation.apply("plain")));
      assertThat(heard.onEventLoop() || heard.context() == null).isTrue();
      assertThat(heard.onWorker()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(value = ThreadingModel.class, names = {"EVENT_LOOP", "WORKER"})
  void handlersAreCalledOnTheContextThatAttachedThem(ThreadingModel threading) {
    var vertx = cluster.node(1).vertx();
    var name = "where-" + threading;
    Promise<Context> eventSeen = Promise.promise();
    var verticle = new VerticleBase() {
      private Context home;

      @Override
      public Future<?> start() {
        home = context;
        return Future.all(
          cluster.node(1).requests(name).serve(request ->
            Future.succeededFuture(Vertx.currentContext() == home
              && Context.isOnWorkerThread() == (threading == ThreadingModel.WORKER))),
          cluster.node(1).topic(name + "-events").subscribe("#",
            event -> eventSeen.tryComplete(Vertx.currentContext())));
      }
    };
    var id = Await.result(vertx.deployVerticle(
      verticle, new DeploymentOptions().setThreadingModel(threading)));
    for (int node = 0; node < 2; node++) {
      assertThat(Await.result(cluster.node(node).requests(name).request("")).body())
        .isEqualTo(true);
    }
    Await.result(cluster.node(0).topic(name + "-events").publish("a", ""));
    assertThat(Await.result(eventSeen.future())).isSameAs(verticle.home);
    Await.result(vertx.undeploy(id));
  }
}

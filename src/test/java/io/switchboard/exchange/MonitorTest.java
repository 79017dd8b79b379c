package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static List<String> reasons(Switchboard board, String exchange) {
    var told = new CopyOnWriteArrayList<String>();
    Await.result(board.monitor(exchange, change -> told.add(change.reason().name())));
    return told;
  }

  private static Attachment serve(int node, String exchange) {
    return Await.result(cluster.node(node).requests(exchange).serve(request -> null));
  }

  private static void assertTold(List<String> told, String... reasons) {
    Await.until("told " + List.of(reasons) + ", so far " + told,
      () -> told.size() >= reasons.length);
    assertThat(told).containsExactly(reasons);
  }

  @Test
  void downAndUpAreToldOnceEach() {
    var here = reasons(cluster.node(0), "told");
    var there = reasons(cluster.node(1), "told");
    assertTold(here, "ABSENT");
    var first = serve(0, "told");
    var second = serve(1, "told");
    Await.result(first.detach());
    Await.result(second.detach());
    assertTold(here, "ABSENT", "BACK", "DETACHED");
    serve(1, "told");
    Await.result(cluster.node(0).delete("told"));
    assertTold(here, "ABSENT", "BACK", "DETACHED", "BACK", "DELETED");
    assertTold(there, "ABSENT", "BACK", "DETACHED", "BACK", "DELETED");
  }

  @Test
  void whatIsUpAtFirstIsNotTold() {
    var worker = serve(1, "up");
    var told = reasons(cluster.node(0), "up");
    assertThat(told).isEmpty();
    Await.result(worker.detach());
    assertTold(told, "DETACHED");
  }

  @Test
  void aTopicIsUpWhileSomebodySubscribes() {
    Await.result(cluster.node(0).declare("news", Kind.TOPIC, new JsonObject()));
    var told = reasons(cluster.node(0), "news");
    var subscriber = Await.result(cluster.node(1).topic("news").subscribe("#", event -> { }));
    Await.result(subscriber.detach());
    assertTold(told, "ABSENT", "BACK", "DETACHED");
  }

  @Test
  void aCollectIsUpWhileSomebodyCollects() {
    var here = reasons(cluster.node(0), "log");
    var first = Await.result(cluster.node(1).collect("log").collect(entry -> null));
    var second = Await.result(cluster.node(0).collect("log").collect(entry -> null));
    // The one that stood by takes over: nothing to tell.
    Await.result(first.detach());
    Await.result(second.detach());
    assertTold(here, "ABSENT", "BACK", "DETACHED");
  }

  @Test
  void aTaskExchangeIsUpWhileSomebodyWorks() {
    var here = reasons(cluster.node(0), "jobs");
    var worker = Await.result(cluster.node(1).tasks("jobs")
      .work(task -> Future.succeededFuture()));
    Await.result(worker.detach());
    assertTold(here, "ABSENT", "BACK", "DETACHED");
  }

  @Test
  void oneWorkerIsWatchedByItself() {
    serve(0, "pair");
    var worker = serve(1, "pair");
    var answer = Await.result(cluster.node(0).requests("pair").survey("")).replies().stream()
      .filter(each -> each.node().equals("node-1")).findFirst().orElseThrow();
    var told = new CopyOnWriteArrayList<Change>();
    Await.result(cluster.node(0).monitorWorker("pair", "node-1", answer.worker(), told::add));
    Await.result(worker.detach());
    Await.until("the change", () -> told.size() == 1);
    assertThat(told.get(0).reason()).isEqualTo(Change.Reason.DETACHED);
    assertThat(told.get(0).detail()).contains("node-1/" + answer.worker());
  }

  @Test
  void aDetachedMonitorIsToldNothing() {
    var told = new CopyOnWriteArrayList<Change>();
    var monitor = Await.result(cluster.node(0).monitor("quiet", told::add));
    Await.result(monitor.detach());
    Await.result(monitor.detach());
    var later = reasons(cluster.node(0), "quiet");
    serve(0, "quiet");
    assertTold(later, "ABSENT", "BACK");
    assertThat(told).hasSize(1);
  }

  @Test
  void aVerticlesMonitorEndsWithIt() {
    var told = new CopyOnWriteArrayList<Change>();
    var vertx = cluster.node(0).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return cluster.node(0).monitor("verticle", told::add);
      }
    }));
    Await.result(vertx.undeploy(id));
    var later = reasons(cluster.node(0), "verticle");
    serve(0, "verticle");
    assertTold(later, "ABSENT", "BACK");
    assertThat(told).hasSize(1);
  }

  @Test
  void aHandlerThatIsBusyForLongLearnsTheLastStateAndChangesStillTakeTurns() {
    int rounds = Monitor.MAX_WAITING;
    var told = new CopyOnWriteArrayList<Boolean>();
    var free = new CountDownLatch(1);
    var vertx = cluster.node(0).vertx();
    Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        // What is told first blocks this context: the deployment does not wait for it.
        cluster.node(0).monitor("flapping", change -> {
          told.add(change.isUp());
          try {
            free.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
        return Future.succeededFuture();
      }
    }, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    Await.until("the first change", () -> told.size() == 1);
    for (int i = 0; i < rounds; i++) {
      Await.result(serve(0, "flapping").detach());
    }
    serve(0, "flapping");
    free.countDown();
    Await.until("the last state", () -> told.size() > 1 && told.get(told.size() - 1));
    // More may come while this is looked at.
    var seen = List.copyOf(told);
    var turns = new ArrayList<Boolean>();
    for (int i = 0; i < seen.size(); i++) {
      turns.add(i % 2 == 1);
    }
    assertThat(seen).isEqualTo(turns);
    assertThat(told.size()).isLessThanOrEqualTo(Monitor.MAX_WAITING + 4);
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.Attachment.End;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How attachments end, and what becomes of what they have in hand. */
class LifecycleTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(60));
    Await.until("both nodes have met", () -> cluster.node(0).memberCount() == 2
      && cluster.node(1).memberCount() == 2);
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

  private static FailureCode code(Future<?> future) {
    return ((SwitchboardException) Await.failure(future)).code();
  }

  @Test
  void deletingAnExchangeTellsEveryoneAttachedAndWhatIsInHandIsAnswered() {
    Await.result(cluster.node(0).declare("deleted", Kind.REQUEST,
      new JsonObject().put("prefetch", 1)));
    var inHand = new CopyOnWriteArrayList<Promise<Object>>();
    var workers = new ArrayList<Attachment>();
    for (int node = 0; node < 2; node++) {
      workers.add(Await.result(requests(node, "deleted").serve(request -> {
        Promise<Object> answer = Promise.promise();
        inHand.add(answer);
        return answer.future();
      })));
    }
    var replies = IntStream.range(0, 4)
      .mapToObj(i -> requests(0, "deleted").request(i)).toList();
    Await.until("each worker has one in hand and one waits", () -> inHand.size() == 2);
    assertThat(Await.result(cluster.node(1).delete("deleted"))).isTrue();
    for (var worker : workers) {
      assertThat(Await.result(worker.ended())).isEqualTo(End.DELETED);
    }
    Await.until("those that waited are refused at once", () ->
      replies.stream().filter(Future::failed).count() == 2);
    inHand.forEach(answer -> answer.complete("still answered"));
    Await.until("those in hand are answered", () ->
      replies.stream().filter(Future::succeeded).count() == 2);
    replies.stream().filter(Future::failed).forEach(reply ->
      assertThat(code(reply)).isIn(FailureCode.NO_WORKER, FailureCode.NO_EXCHANGE));
    Await.result(cluster.node(0).declare("deleted", Kind.REQUEST, new JsonObject()));
    assertThat(code(requests(0, "deleted").request(""))).isEqualTo(FailureCode.NO_WORKER);
    assertThat(code(requests(1, "deleted").request(""))).isEqualTo(FailureCode.NO_WORKER);
  }

  @Test
  void aDeletedCollectorAndTaskWorkerAreTold() {
    var collector = Await.result(cluster.node(0).collect("gone-collect")
      .collect(entry -> Future.succeededFuture()));
    var worker = Await.result(cluster.node(0).tasks("gone-tasks")
      .work(task -> Future.succeededFuture()));
    assertThat(Await.result(cluster.node(1).delete("gone-collect"))).isTrue();
    assertThat(Await.result(cluster.node(1).delete("gone-tasks"))).isTrue();
    assertThat(Await.result(collector.ended())).isEqualTo(End.DELETED);
    assertThat(Await.result(worker.ended())).isEqualTo(End.DELETED);
  }

  @Test
  void aDeletedTopicHasNoSubscribersLeft() {
    var events = new AtomicInteger();
    var subscriber = Await.result(cluster.node(0).topic("gone-topic")
      .subscribe("#", event -> events.incrementAndGet()));
    assertThat(Await.result(cluster.node(1).delete("gone-topic"))).isTrue();
    assertThat(Await.result(subscriber.ended())).isEqualTo(End.DELETED);
    Await.result(cluster.node(1).declare("gone-topic", Kind.TOPIC, new JsonObject()));
    Await.result(cluster.node(0).topic("gone-topic").publish("a", 1));
    var told = new AtomicReference<Change>();
    Await.result(cluster.node(0).monitor("gone-topic", told::set));
    assertThat(told.get().reason()).isEqualTo(Change.Reason.ABSENT);
    assertThat(events.get()).isZero();
  }

  @Test
  void theFirstReasonOfAnEndIsTold() {
    var worker = Await.result(requests(0, "ended").serve(request -> null));
    assertThat(worker.ended().isComplete()).isFalse();
    Await.result(worker.detach());
    Await.result(cluster.node(0).delete("ended"));
    assertThat(Await.result(worker.ended())).isEqualTo(End.DETACHED);
    var ofVerticle = new AtomicReference<Attachment>();
    var vertx = cluster.node(0).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return requests(0, "verticle-end").serve(request -> null).onSuccess(ofVerticle::set);
      }
    }));
    Await.result(vertx.undeploy(id));
    assertThat(Await.result(ofVerticle.get().ended())).isEqualTo(End.UNDEPLOYED);
  }

  @Test
  void underLoadADetachedWorkerGetsNothingAndEverythingHasAnAnswerAtOnce() {
    Await.result(requests(0, "load").serve(request -> Future.succeededFuture("stays")));
    for (int round = 0; round < 30; round++) {
      var handled = new AtomicInteger();
      var worker = Await.result(requests(round % 2, "load").serve(request -> {
        handled.incrementAndGet();
        return Future.succeededFuture("goes");
      }));
      var replies = new ArrayList<Future<Reply>>();
      for (int i = 0; i < 200; i++) {
        replies.add(requests(i % 2, "load").request(i));
      }
      var detached = worker.detach();
      for (int i = 0; i < 200; i++) {
        replies.add(requests(i % 2, "load").request(i));
      }
      Await.result(detached);
      int atDetach = handled.get();
      for (int i = 0; i < 50; i++) {
        replies.add(requests(i % 2, "load").request(i));
      }
      var texts = answers(replies);
      assertThat(handled.get()).isEqualTo(atDetach);
      assertThat(texts.stream().filter("goes"::equals).count()).isEqualTo(atDetach);
    }
  }

  /** Every one within a time that no deadline explains. */
  private static List<String> answers(List<Future<Reply>> replies) {
    Await.result(Future.join(replies), Duration.ofSeconds(8));
    return replies.stream().map(reply -> reply.result().text()).toList();
  }
}

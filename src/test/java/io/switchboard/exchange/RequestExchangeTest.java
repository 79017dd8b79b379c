package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.switchboard.testing.Flood;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestExchangeTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(40));
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

  private static void assertCode(Future<?> future, FailureCode code) {
    assertThat(Await.failure(future)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static boolean declare(int node, String name, Kind kind, JsonObject options) {
    return Await.result(cluster.node(node).declare(name, kind, options));
  }

  @Test
  void declaringIsIdempotentAndSeenEverywhereAtOnce() {
    for (int i = 0; i < 20; i++) {
      var name = "declared-" + i;
      assertThat(declare(i % 2, name, Kind.REQUEST, new JsonObject())).isTrue();
      assertThat(declare((i + 1) % 2, name, Kind.REQUEST, new JsonObject())).isFalse();
      assertThat(declare(0, name, Kind.REQUEST, new JsonObject().put("prefetch", 256))).isFalse();
      assertCode(requests((i + 1) % 2, name).request(""), FailureCode.NO_WORKER);
      assertCode(requests((i + 1) % 2, name).send(""), FailureCode.NO_WORKER);
    }
  }

  @Test
  void declaringDifferentlyIsAConflict() {
    declare(0, "conflict", Kind.REQUEST, new JsonObject());
    for (int node = 0; node < 2; node++) {
      var board = cluster.node(node);
      assertCode(board.declare("conflict", Kind.TOPIC, new JsonObject()), FailureCode.CONFLICT);
      assertCode(board.declare("conflict", Kind.REQUEST, new JsonObject().put("prefetch", 1)),
        FailureCode.CONFLICT);
      assertCode(board.declare("conflict", Kind.REQUEST, new JsonObject().put("prefech", 1)),
        FailureCode.BAD_REQUEST);
      assertCode(board.topic("conflict").publish("a", ""), FailureCode.CONFLICT);
      assertCode(board.topic("conflict").subscribe("#", event -> { }), FailureCode.CONFLICT);
    }
    declare(1, "a-topic", Kind.TOPIC, new JsonObject());
    assertCode(requests(0, "a-topic").request(""), FailureCode.CONFLICT);
    assertCode(requests(0, "a-topic").send(""), FailureCode.CONFLICT);
    assertCode(requests(0, "a-topic").serve(request -> null), FailureCode.CONFLICT);
  }

  @Test
  void ofTwoThatDeclareDifferentlyAtOnceOneWinsEverywhere() {
    for (int i = 0; i < 20; i++) {
      var name = "race-" + i;
      var one = cluster.node(0).declare(name, Kind.REQUEST, new JsonObject().put("prefetch", 1));
      var two = cluster.node(1).declare(name, Kind.REQUEST, new JsonObject().put("prefetch", 2));
      Await.result(Future.join(one, two).otherwiseEmpty());
      assertThat(one.succeeded()).isNotEqualTo(two.succeeded());
      assertCode(one.succeeded() ? two : one, FailureCode.CONFLICT);
      var winner = new JsonObject().put("prefetch", one.succeeded() ? 1 : 2);
      assertThat(declare(0, name, Kind.REQUEST, winner)).isFalse();
      assertThat(declare(1, name, Kind.REQUEST, winner)).isFalse();
    }
  }

  @Test
  void deletingTakesItAwayEverywhere() {
    declare(0, "deleted", Kind.REQUEST, new JsonObject());
    assertThat(Await.result(cluster.node(1).delete("deleted"))).isTrue();
    assertThat(Await.result(cluster.node(0).delete("deleted"))).isFalse();
    assertCode(requests(0, "deleted").request(""), FailureCode.NO_EXCHANGE);
    assertThat(declare(0, "deleted", Kind.TOPIC, new JsonObject())).isTrue();
  }

  @Test
  void whatNobodyDeclaredIsNoExchange() {
    assertCode(requests(0, "nothing").request(""), FailureCode.NO_EXCHANGE);
    assertCode(requests(1, "nothing").send(""), FailureCode.NO_EXCHANGE);
    assertCode(cluster.node(0).topic("nothing").publish("a", ""), FailureCode.NO_EXCHANGE);
  }

  @Test
  void roundRobinGivesEqualWorkersEqualShares() {
    var counts = IntStream.range(0, 4).mapToObj(i -> new AtomicInteger()).toList();
    for (int i = 0; i < 4; i++) {
      var count = counts.get(i);
      Await.result(requests(i % 2, "shares").serve(request -> {
        count.incrementAndGet();
        return Future.succeededFuture();
      }));
    }
    var exchange = requests(0, "shares");
    Await.result(Flood.of(cluster.node(0).vertx(), 100_000, 256, i -> exchange.request(i)),
      Duration.ofSeconds(60));
    var shares = counts.stream().map(AtomicInteger::get).toList();
    assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(100_000);
    assertThat(Collections.max(shares) / (double) Collections.min(shares))
      .as("%s", shares).isLessThanOrEqualTo(1.02);
  }

  private static void serveNames(String exchange, int workersPerNode) {
    for (int i = 0; i < 2 * workersPerNode; i++) {
      var answer = "node-" + i % 2 + "/" + i;
      Await.result(requests(i % 2, exchange).serve(request -> Future.succeededFuture(answer)));
    }
  }

  @Test
  void localFirstStaysOnTheNodeOfTheSender() {
    declare(0, "near", Kind.REQUEST, new JsonObject().put("localFirst", true));
    serveNames("near", 2);
    for (int i = 0; i < 200; i++) {
      assertThat(Await.result(requests(i % 2, "near").request(i)).text())
        .startsWith("node-" + i % 2 + "/");
    }
  }

  @Test
  void keyHashSendsAKeyToTheSameWorkerFromEveryNode() {
    declare(0, "sticky", Kind.REQUEST, new JsonObject().put("balancer", "key-hash"));
    serveNames("sticky", 2);
    var used = new HashSet<String>();
    for (int i = 0; i < 50; i++) {
      var options = CallOptions.DEFAULT.key("user-" + i);
      var worker = Await.result(requests(0, "sticky").request("", options)).text();
      assertThat(Await.result(requests(1, "sticky").request("", options)).text())
        .isEqualTo(worker);
      used.add(worker);
    }
    assertThat(used).hasSize(4);
  }

  @Test
  void afterDetachingNothingArrivesAndWhatIsInHandIsAnswered() {
    for (int node = 0; node < 2; node++) {
      var name = "detach-" + node;
      var inHand = Collections.synchronizedList(new ArrayList<Promise<Object>>());
      var worker = Await.result(requests(0, name).serve(request -> {
        Promise<Object> answer = Promise.promise();
        inHand.add(answer);
        return answer.future();
      }));
      var reply = requests(node, name).request("");
      Await.until("the request", () -> inHand.size() == 1);
      Await.result(worker.detach());
      Await.result(worker.detach());
      assertCode(requests(0, name).request(""), FailureCode.NO_WORKER);
      assertCode(requests(1, name).request(""), FailureCode.NO_WORKER);
      inHand.get(0).complete("still answered");
      assertThat(Await.result(reply).text()).isEqualTo("still answered");
      assertThat(inHand).hasSize(1);
    }
  }

  @Test
  void whatAnUndeployedVerticleServedIsDetached() {
    var vertx = cluster.node(1).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return requests(1, "verticle").serve(request -> Future.succeededFuture("here"));
      }
    }));
    assertThat(Await.result(requests(0, "verticle").request("")).text()).isEqualTo("here");
    Await.result(vertx.undeploy(id));
    Await.until("no worker", () -> {
      var again = requests(0, "verticle").request("");
      Await.result(again.otherwiseEmpty());
      return again.failed() && ((SwitchboardException) again.cause()).code()
        == FailureCode.NO_WORKER;
    });
  }

  @Test
  void aFullWorkerRefusesAtOnce() {
    declare(0, "full", Kind.REQUEST, new JsonObject().put("prefetch", 1).put("mailbox", 4));
    var inHand = Collections.synchronizedList(new ArrayList<Promise<Object>>());
    Await.result(requests(1, "full").serve(request -> {
      Promise<Object> answer = Promise.promise();
      inHand.add(answer);
      return answer.future();
    }));
    var replies = List.copyOf(
      IntStream.range(0, 20).mapToObj(i -> requests(0, "full").request(i)).toList());
    Await.until("refusals", () -> replies.stream().filter(Future::failed).count() >= 14);
    // Whether the first was in hand before the mailbox filled decides if 4 or 5 are accepted.
    Await.until("everyone has heard", () -> {
      List.copyOf(inHand).forEach(answer -> answer.tryComplete(""));
      return replies.stream().allMatch(Future::isComplete);
    });
    var refusals = replies.stream().filter(Future::failed).toList();
    assertThat(refusals.size()).isBetween(14, 16);
    refusals.forEach(refused -> assertCode(refused, FailureCode.OVERLOADED));
  }

  @Test
  void senderAndReceiverOfOneNodeShareNothing() {
    var kept = new JsonObject();
    Await.result(requests(0, "isolated").serve(request -> {
      request.json().put("changed", "by the worker");
      kept.mergeIn(request.json());
      return Future.succeededFuture(kept);
    }));
    var body = new JsonObject().put("list", new JsonArray().add(1));
    var asked = requests(0, "isolated").request(body);
    body.put("changed", "by the sender").getJsonArray("list").add(2);
    var reply = Await.result(asked).json();
    assertThat(reply.encode()).isEqualTo("{\"list\":[1],\"changed\":\"by the worker\"}");
    assertThat(body.encode()).isEqualTo("{\"list\":[1,2],\"changed\":\"by the sender\"}");
    reply.put("changed", "by the caller");
    assertThat(kept.getString("changed")).isEqualTo("by the worker");
  }
}

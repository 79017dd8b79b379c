package io.switchboard.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.CallOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetainedTopicTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(40));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(60));
    }
  }

  private static TopicExchange declare(String name, int retain) {
    Await.result(
      cluster.node(0).declare(name, Kind.TOPIC, new JsonObject().put("retain", retain)));
    return cluster.node(0).topic(name);
  }

  private static List<Event> subscribe(int node, String topic, SubscribeOptions options) {
    var got = Collections.synchronizedList(new ArrayList<Event>());
    Await.result(cluster.node(node).topic(topic).subscribe(options, got::add));
    return got;
  }

  private static Map<String, Object> bodies(List<Event> events) {
    var bodies = new HashMap<String, Object>();
    List.copyOf(events).forEach(event -> bodies.put(event.key(), event.body()));
    return bodies;
  }

  @Test
  void aNewSubscriberStartsWithTheCurrentValuesOnEveryNode() {
    var prices = declare("current", 100);
    var europe = CallOptions.DEFAULT.header("region", "eu");
    Await.result(prices.publish("fx.eur", 1));
    Await.result(prices.publish("fx.eur", 2));
    Await.result(prices.publish("fx.gbp", Buffer.buffer("three"), europe));
    Await.result(prices.publish("fx.chf", new JsonObject().put("n", 4), europe));
    Await.result(prices.publish("metal.gold", 5));
    Await.result(prices.publish("fx.gone", 6));
    Await.result(prices.publish("fx.gone", null));
    for (int node = 0; node < 2; node++) {
      var all = subscribe(node, "current", SubscribeOptions.pattern("fx.#").retained());
      var some = subscribe(
        node, "current", SubscribeOptions.pattern("#").where("region", "eu").retained());
      var late = subscribe(node, "current", SubscribeOptions.pattern("#"));
      Await.until("the values", () -> all.size() == 3 && some.size() == 2);
      assertThat(bodies(all)).isEqualTo(Map.of("fx.eur", 2, "fx.gbp", Buffer.buffer("three"),
        "fx.chf", new JsonObject().put("n", 4)));
      assertThat(all).allMatch(Event::isRetained);
      Await.result(cluster.node(1 - node).topic("current").publish("fx.eur", 7 + node));
      Await.until("the next", () -> all.size() == 4 && late.size() == 1);
      assertThat(all.get(3).body()).isEqualTo(7 + node);
      assertThat(all.get(3).isRetained()).isFalse();
      assertThat(some).hasSize(2);
      Await.result(prices.publish("fx.eur", 2));
      Await.until("it is set back", () -> all.size() == 5);
    }
  }

  @Test
  void whoComesInTheMidstMissesNothingAndGetsNothingTwice() {
    var topic = declare("midst", 10);
    var going = new AtomicBoolean(true);
    var stopped = new AtomicBoolean();
    var last = new AtomicInteger();
    var vertx = cluster.node(0).vertx();
    vertx.setPeriodic(1, timer -> {
      for (int i = 0; i < 20; i++) {
        int number = last.incrementAndGet();
        topic.publish("k" + number % 2, number);
      }
      if (!going.get()) {
        vertx.cancelTimer(timer);
        stopped.set(true);
      }
    });
    var all = new ArrayList<List<Event>>();
    for (int i = 0; i < 20; i++) {
      all.add(subscribe(i % 2, "midst",
        SubscribeOptions.pattern("#").mailbox(1 << 16).retained()));
    }
    going.set(false);
    Await.until("the last event", stopped::get);
    for (var got : all) {
      Await.until("the last value", () -> bodies(got).containsValue(last.get())
        && bodies(got).containsValue(last.get() - 1));
      for (var key : List.of("k0", "k1")) {
        var numbers = got.stream().filter(event -> event.key().equals(key))
          .map(event -> (int) event.body()).toList();
        for (int i = 1; i < numbers.size(); i++) {
          assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 2);
        }
      }
      assertThat(got).allMatch(event -> event.lost() == 0);
    }
  }

  @Test
  void twoPublishersOfOneKeyEndAlikeEverywhere() {
    declare("both", 10);
    var got = List.of(subscribe(0, "both", SubscribeOptions.pattern("#").retained()),
      subscribe(1, "both", SubscribeOptions.pattern("#").retained()));
    var published = new ArrayList<Future<?>>();
    for (int i = 0; i < 300; i++) {
      published.add(cluster.node(i % 2).topic("both").publish("k", i));
    }
    Await.result(Future.all(published));
    Await.result(cluster.node(0).topic("both").publish("end-0", 0));
    Await.result(cluster.node(1).topic("both").publish("end-1", 1));
    for (var each : got) {
      Await.until("the ends",
        () -> bodies(each).keySet().containsAll(List.of("k", "end-0", "end-1")));
    }
    assertThat(bodies(got.get(0)).get("k")).isEqualTo(bodies(got.get(1)).get("k"));
    var fresh = subscribe(1, "both", SubscribeOptions.pattern("k").retained());
    Await.until("the value", () -> fresh.size() == 1);
    assertThat(fresh.get(0).body()).isEqualTo(bodies(got.get(0)).get("k"));
  }

  @Test
  void valuesOutliveTheirPublisherAndReachANodeThatComesLater() {
    var topic = declare("outlive", 5_000);
    var leaving = Await.result(cluster.add(), Duration.ofSeconds(40));
    Await.until("all three", () -> leaving.memberCount() == 3
      && cluster.node(0).memberCount() == 3);
    var seen = List.of(subscribe(0, "outlive", SubscribeOptions.pattern("#").mailbox(1 << 13)),
      subscribe(1, "outlive", SubscribeOptions.pattern("#").mailbox(1 << 13)));
    var published = new ArrayList<Future<?>>();
    for (int i = 0; i < 3_000; i++) {
      published.add(leaving.topic("outlive").publish("k" + i, i));
    }
    Await.result(Future.all(published));
    Await.until("they are on their way no more",
      () -> seen.get(0).size() == 3_000 && seen.get(1).size() == 3_000);
    Await.result(topic.publish("k0", "changed"));
    Await.until("the change", () -> seen.get(1).size() == 3_001);
    Await.result(leaving.stop(), Duration.ofSeconds(40));
    var joined = Await.result(cluster.add(), Duration.ofSeconds(40));
    var got = Collections.synchronizedList(new ArrayList<Event>());
    Await.result(joined.topic("outlive")
      .subscribe(SubscribeOptions.pattern("#").retained(), got::add));
    Await.until("all values", () -> got.size() >= 3_000);
    assertThat(got).hasSize(3_000).allMatch(Event::isRetained);
    assertThat(bodies(got)).containsEntry("k0", "changed").containsEntry("k2999", 2_999);
  }

  private static FailureCode refusal(String topic) {
    return ((SwitchboardException) Await.failure(cluster.node(1).topic(topic)
      .subscribe(SubscribeOptions.pattern("#").retained(), event -> { }))).code();
  }

  @Test
  void whereNothingIsRetainedNobodyStartsWithIt() {
    declare("plain", 0);
    assertThat(refusal("plain")).isEqualTo(FailureCode.CONFLICT);
    assertThat(refusal("nowhere")).isEqualTo(FailureCode.NO_EXCHANGE);
    var topic = declare("forgets", 2);
    var arrived = subscribe(1, "forgets", SubscribeOptions.pattern("#"));
    for (int i = 0; i < 5; i++) {
      Await.result(topic.publish("k" + i, i));
    }
    Await.until("all at the other node", () -> arrived.size() == 5);
    var got = subscribe(1, "forgets", SubscribeOptions.pattern("#").retained());
    Await.until("the last two", () -> got.size() == 2);
    assertThat(bodies(got)).containsOnlyKeys("k3", "k4");
    Await.result(cluster.node(1).delete("forgets"));
    declare("forgets", 3);
    assertThat(subscribe(0, "forgets", SubscribeOptions.pattern("#").retained())).isEmpty();
  }
}

package io.switchboard.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.node.Node;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicExchangeTest {
  record Tick(double price) {
  }

  private static LocalCluster cluster;

  /** Over the event bus, where a test can see what crosses. */
  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2, new JsonObject()
      .put("trunk", new JsonObject().put("link", "eventbus"))), Duration.ofSeconds(40));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  /** Events in the order of their arrival; the last one of a test is published as "end". */
  private static List<Object> subscribe(int node, String topic, String... patterns) {
    var got = Collections.synchronizedList(new ArrayList<Object>());
    Await.result(cluster.node(node).topic(topic)
      .subscribe(List.of(patterns), event -> got.add(event.body())));
    return got;
  }

  private static void publish(int node, String topic, String key, Object body) {
    Await.result(cluster.node(node).topic(topic).publish(key, body));
  }

  private static void untilEnd(List<Object> got) {
    Await.until("the last event", () -> got.contains("end"));
  }

  @Test
  void eachSubscriberGetsWhatItsPatternsMatch() {
    var all = List.of(subscribe(0, "match", "#"), subscribe(1, "match", "#"));
    var fx = List.of(subscribe(0, "match", "fx.#", "end"), subscribe(1, "match", "fx.#", "end"));
    var usd = List.of(
      subscribe(0, "match", "*.*.usd", "end"), subscribe(1, "match", "*.*.usd", "end"));
    for (var key : List.of("fx", "fx.eur", "fx.eur.usd", "metal.gold", "a.b.usd", "usd")) {
      publish(0, "match", key, key);
    }
    publish(0, "match", "end", "end");
    for (int node = 0; node < 2; node++) {
      untilEnd(all.get(node));
      assertThat(all.get(node)).containsExactly(
        "fx", "fx.eur", "fx.eur.usd", "metal.gold", "a.b.usd", "usd", "end");
      untilEnd(fx.get(node));
      assertThat(fx.get(node)).containsExactly("fx", "fx.eur", "fx.eur.usd", "end");
      untilEnd(usd.get(node));
      assertThat(usd.get(node)).containsExactly("fx.eur.usd", "a.b.usd", "end");
    }
  }

  @Test
  void severalMatchingPatternsGiveOneDelivery() {
    var here = subscribe(0, "once", "#", "a.*", "a.b", "*.b", "a.#");
    var there = subscribe(1, "once", "#", "a.*", "a.b", "*.b", "a.#");
    for (int node = 0; node < 2; node++) {
      publish(node, "once", "a.b", node);
    }
    publish(0, "once", "a.c", "end");
    // Of two publishers the later one may be first.
    for (var got : List.of(here, there)) {
      Await.until("all events", () -> got.containsAll(List.of(0, 1, "end")));
      assertThat(got).hasSize(3);
    }
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void oneCopyCrossesForAllSubscribersOfANode() {
    var subscribers = new ArrayList<List<Object>>();
    for (int i = 0; i < 10; i++) {
      subscribers.add(subscribe(1, "copies", "fx.#", "fx.a" + i, "end"));
    }
    var crossed = new AtomicInteger();
    cluster.node(1).vertx().eventBus().addInboundInterceptor(delivery -> {
      if (delivery.message().body() instanceof Buffer batch) {
        crossed.addAndGet(count(batch.toString(StandardCharsets.ISO_8859_1), "MARKED"));
      }
      delivery.next();
    });
    for (int i = 0; i < 20; i++) {
      publish(0, "copies", "fx.a" + i % 10, "MARKED" + i);
    }
    publish(0, "copies", "unwanted", "MARKED, but nobody wants it");
    publish(0, "copies", "end", "end");
    for (var got : subscribers) {
      untilEnd(got);
      assertThat(got).hasSize(21);
    }
    assertThat(crossed).hasValue(20);
  }

  private static JsonObject figures(int node, String topic) {
    return Node.of(cluster.node(node).vertx()).topics().figures().get(topic);
  }

  @Test
  void whatNobodyWantsIsCountedAsUnrouted() {
    Await.result(cluster.node(0).declare("unrouted", Kind.TOPIC, new JsonObject()));
    publish(0, "unrouted", "a", 1);
    var got = subscribe(1, "unrouted", "b");
    publish(0, "unrouted", "a", 2);
    publish(0, "unrouted", "b", "end");
    untilEnd(got);
    assertThat(got).containsExactly("end");
    assertThat(figures(0, "unrouted").getLong("published")).isEqualTo(3);
    assertThat(figures(0, "unrouted").getLong("unrouted")).isEqualTo(2);
  }

  @Test
  void afterDetachingNothingArrives() {
    for (int node = 0; node < 2; node++) {
      var topic = "leave-" + node;
      var got = Collections.synchronizedList(new ArrayList<Object>());
      var leaving = Await.result(
        cluster.node(node).topic(topic).subscribe("#", event -> got.add(event.body())));
      var staying = subscribe(node, topic, "#");
      publish(0, topic, "a", 1);
      Await.until("the first event", () -> got.size() == 1);
      Await.result(leaving.detach());
      Await.result(leaving.detach());
      publish(0, topic, "a", "end");
      untilEnd(staying);
      assertThat(got).containsExactly(1);
    }
  }

  @Test
  void aSubscriberThatIsTooSlowLearnsOfItsGap() {
    Await.result(cluster.node(0).declare("slow", Kind.TOPIC, new JsonObject().put("mailbox", 4)));
    var lost = Collections.synchronizedList(new ArrayList<Long>());
    // On one event loop the publisher's burst is over before the subscriber's turn comes.
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      var topic = cluster.node(0).topic("slow");
      topic.subscribe("#", event -> lost.add(event.lost())).onSuccess(attached -> {
        for (int i = 0; i < 100; i++) {
          topic.publish("a", i);
        }
      });
    });
    Await.until("the burst", () -> lost.size() == 4);
    publish(0, "slow", "a", "next");
    Await.until("the next event", () -> lost.size() == 5);
    assertThat(lost.stream().mapToLong(each -> each).sum()).isEqualTo(96);
  }

  @Test
  void aMalformedKeyOrPatternIsRefused() {
    var topic = cluster.node(0).topic("grammar");
    for (var refused : List.of(topic.publish("a..b", ""), topic.publish("a.*", ""),
      topic.publish(null, ""), topic.subscribe("a.**", event -> { }))) {
      assertThat(Await.failure(refused)).isInstanceOfSatisfying(SwitchboardException.class,
        failure -> assertThat(failure.code()).isEqualTo(FailureCode.BAD_REQUEST));
    }
  }

  @Test
  void eventsAreValuesAndMisfitsArePassedOver() {
    var ticks = new CopyOnWriteArrayList<Object>();
    Await.result(cluster.node(1).topic("prices", Tick.class).subscribe("fx.#",
      (tick, event) -> ticks.add(List.of(event.key(), tick.price()))));
    var prices = cluster.node(0).topic("prices", Tick.class);
    Await.result(prices.publish("fx.a", new Tick(1.5)));
    Await.result(prices.untyped().publish("fx.b", new JsonObject().put("price", "high")));
    Await.result(prices.untyped().publish("fx.c", new JsonObject().put("price", 2)));
    Await.until("both ticks", () -> ticks.size() == 2);
    assertThat(ticks).containsExactly(List.of("fx.a", 1.5), List.of("fx.c", 2.0));
    assertThat(cluster.node(1).topic("prices").figures().toJson()
      .getLong("failures")).isOne();
  }

  private static EventBus bus(int node) {
    return cluster.node(node).vertx().eventBus();
  }

  @Test
  void aPublishWithAKeyReachesTheTopicOnce() {
    var got = new ArrayList<List<Event>>();
    for (int node = 0; node < 2; node++) {
      var events = Collections.synchronizedList(new ArrayList<Event>());
      got.add(events);
      Await.result(cluster.node(node).topic("news").subscribe("fx.#", events::add));
    }
    for (int node = 0; node < 2; node++) {
      bus(node).publish("news", "lost without a key");
      bus(node).publish("news", "unwanted", new DeliveryOptions().addHeader("key", "metal"));
      bus(node).publish("news", "from " + node,
        new DeliveryOptions().addHeader("key", "fx.eur").addHeader("source", "bus"));
    }
    for (var events : got) {
      Await.until("both", () -> events.size() >= 2);
      assertThat(events).hasSize(2).allMatch(event -> event.key().equals("fx.eur")
        && event.headers().get("source").equals("bus") && event.headers().get("key") == null);
      assertThat(events).extracting(Event::body).containsExactlyInAnyOrder("from 0", "from 1");
    }
  }

  @Test
  void whoWaitsForAReplyIsToldThatItIsPublishedOrWhyNot() {
    Await.result(cluster.node(0).declare("told", Kind.TOPIC, new JsonObject()));
    for (int node = 0; node < 2; node++) {
      var keyed = new DeliveryOptions().addHeader("key", "a.b");
      assertThat(Await.result(bus(node).request("told", "", keyed)).body()).isNull();
      assertThat(Await.failure(bus(node).request("told", "")))
        .isInstanceOfSatisfying(ReplyException.class, failure ->
          assertThat(failure.failureCode()).isEqualTo(FailureCode.BAD_REQUEST.number()))
        .hasMessageContaining("header 'key'");
    }
  }
}

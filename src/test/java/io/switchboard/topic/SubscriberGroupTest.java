package io.switchboard.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.CallOptions;
import io.switchboard.testing.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubscriberGroupTest {
  private static final int NODES = 3;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(NODES), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(60));
    }
  }

  private static TopicExchange topic(int node, String name) {
    return cluster.node(node).topic(name);
  }

  private static List<Event> subscribe(int node, String topic, SubscribeOptions options) {
    var got = Collections.synchronizedList(new ArrayList<Event>());
    Await.result(topic(node, topic).subscribe(options, got::add));
    return got;
  }

  private static int sum(List<List<Event>> members) {
    return members.stream().mapToInt(List::size).sum();
  }

  @Test
  void eachEventGoesToOneMemberWhereverItLives() {
    var options = SubscribeOptions.pattern("job.#").group("pool");
    var members = new ArrayList<List<Event>>();
    for (int node : new int[] {0, 0, 1, 2, 2, 2}) {
      members.add(subscribe(node, "jobs", options));
    }
    var other = subscribe(1, "jobs", SubscribeOptions.pattern("#").group("other"));
    var everything = subscribe(2, "jobs", SubscribeOptions.pattern("#"));
    for (int i = 0; i < 600; i++) {
      Await.result(topic(i % NODES, "jobs").publish("job." + i, i));
    }
    Await.until("all events", () -> sum(members) >= 600 && other.size() >= 600
      && everything.size() >= 600);
    assertThat(members.stream().flatMap(List::stream).map(Event::body))
      .containsExactlyInAnyOrderElementsOf(
        IntStream.range(0, 600).boxed().map(Object.class::cast).toList());
    assertThat(members).allSatisfy(got -> assertThat(got).hasSizeBetween(60, 140));
    assertThat(other).hasSize(600);
    assertThat(everything).hasSize(600);
  }

  @Test
  void theMembersFiltersDecideWhoGetsIt() {
    var europe = subscribe(
      0, "regions", SubscribeOptions.pattern("#").group("g").where("region", "eu"));
    var america = subscribe(
      1, "regions", SubscribeOptions.pattern("#").group("g").where("region", "us"));
    var urgent = subscribe(2, "regions", SubscribeOptions.pattern("#").where("urgent"));
    for (int i = 0; i < 90; i++) {
      var options = CallOptions.DEFAULT.header("region", i % 3 == 0 ? "eu" : "us");
      Await.result(topic(i % NODES, "regions").publish("a", i,
        i % 9 == 0 ? options.header("urgent", "") : options));
    }
    Await.result(topic(0, "regions").publish("a", -1, CallOptions.DEFAULT.header("region", "x")));
    Await.until("all events",
      () -> europe.size() >= 30 && america.size() >= 60 && urgent.size() >= 10);
    assertThat(europe).hasSize(30).allMatch(event -> event.headers().get("region").equals("eu"));
    assertThat(america).hasSize(60).allMatch(event -> event.headers().get("region").equals("us"));
    assertThat(urgent).hasSize(10);
  }

  @Test
  void aFullMemberOfThisNodeIsPassedOver() {
    var near = Collections.synchronizedList(new ArrayList<Event>());
    var far = subscribe(1, "burst", SubscribeOptions.pattern("#").group("g"));
    // On one event loop the publisher's burst is over before the subscriber's turn comes.
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      var topic = topic(0, "burst");
      topic.subscribe(SubscribeOptions.pattern("#").group("g").mailbox(4), near::add)
        .onSuccess(attached -> {
          for (int i = 0; i < 100; i++) {
            topic.publish("a", i);
          }
        });
    });
    Await.until("all events", () -> near.size() + far.size() >= 100);
    assertThat(near).hasSize(4);
    assertThat(far).hasSize(96).allMatch(event -> event.lost() == 0);
  }

  /** Its handler waits, so that its mailbox fills. */
  private static final class Slow extends VerticleBase {
    private final CountDownLatch released;
    private final Consumer<Event> got;

    private Slow(CountDownLatch released, Consumer<Event> got) {
      this.released = released;
      this.got = got;
    }

    @Override
    public Future<?> start() {
      return topic(1, "slow").subscribe(SubscribeOptions.pattern("#").group("g").mailbox(4),
        event -> {
          try {
            released.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          got.accept(event);
        });
    }
  }

  @Test
  void whatAFullNodeCannotTakeGoesToAnother() {
    var released = new CountDownLatch(1);
    var slow = Collections.synchronizedList(new ArrayList<Event>());
    Await.result(cluster.node(1).vertx().deployVerticle(new Slow(released, slow::add),
      new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    var quick = subscribe(2, "slow", SubscribeOptions.pattern("#").group("g"));
    for (int i = 0; i < 100; i++) {
      Await.result(topic(0, "slow").publish("a", i));
    }
    Await.until("the others", () -> quick.size() >= 95);
    released.countDown();
    Await.until("all events", () -> quick.size() + slow.size() >= 100);
    assertThat(slow).hasSizeBetween(1, 5);
    assertThat(quick).allMatch(event -> event.lost() == 0);
    assertThat(quick.size() + slow.size()).isEqualTo(100);
  }

  @Test
  void whenAllAreFullOneOfThemIsToldOfTheGap() {
    var got = Collections.synchronizedList(new ArrayList<Event>());
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      var topic = topic(0, "full");
      topic.subscribe(SubscribeOptions.pattern("#").group("g").mailbox(4), got::add)
        .onSuccess(attached -> {
          for (int i = 0; i < 50; i++) {
            topic.publish("a", i);
          }
        });
    });
    Await.until("the burst", () -> got.size() == 4);
    Await.result(topic(2, "full").publish("a", "next"));
    Await.until("the next event", () -> got.size() == 5);
    assertThat(got.get(4).lost()).isEqualTo(46);
  }
}

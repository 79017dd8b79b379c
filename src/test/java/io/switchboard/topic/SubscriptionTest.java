package io.switchboard.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.Attachment;
import io.switchboard.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many subscribers of one context: what they share, and what is each one's own. */
class SubscriptionTest {
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

  private static TopicExchange topic(int node, String name) {
    return cluster.node(node).topic(name);
  }

  private static Context context(int node) {
    return cluster.node(node).vertx().getOrCreateContext();
  }

  private static <T> T on(Context context, Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(ignored -> action.get().onComplete(done));
    return Await.result(done.future());
  }

  private static List<List<Event>> subscribeTogether(int node, String topic, int count) {
    var all = new ArrayList<List<Event>>();
    on(context(node), () -> {
      var attached = new ArrayList<Future<?>>();
      for (int i = 0; i < count; i++) {
        var got = Collections.synchronizedList(new ArrayList<Event>());
        all.add(got);
        attached.add(topic(node, topic).subscribe("#", got::add));
      }
      return Future.all(attached);
    });
    return all;
  }

  @Test
  void everySubscriberSeesEveryPublisherInOrder() {
    var far = subscribeTogether(1, "order", 40);
    far.addAll(subscribeTogether(1, "order", 3));
    far.addAll(subscribeTogether(0, "order", 3));
    for (int publisher = 0; publisher < 4; publisher++) {
      var prefix = publisher;
      context(publisher % 2).runOnContext(ignored -> {
        for (int i = 0; i < 200; i++) {
          topic(prefix % 2, "order").publish("p" + prefix, i);
        }
      });
    }
    for (var got : far) {
      Await.until("all events", () -> got.size() >= 800);
      for (int publisher = 0; publisher < 4; publisher++) {
        var key = "p" + publisher;
        assertThat(got.stream().filter(event -> event.key().equals(key)).map(Event::body))
          .hasSize(200).isSortedAccordingTo((a, b) -> (int) a - (int) b);
      }
    }
  }

  @Test
  void whatCannotBeChangedIsSharedAndWhatCanIsOnesOwn() {
    for (int node = 0; node < 2; node++) {
      var topic = "share-" + node;
      var all = subscribeTogether(node, topic, 3);
      var buffer = Buffer.buffer("buffer");
      var json = new JsonObject().put("n", new JsonObject().put("a", 1));
      Await.result(topic(0, topic).publish("a", "text"));
      Await.result(topic(0, topic).publish("a", buffer));
      Await.result(topic(0, topic).publish("a", json));
      buffer.setByte(0, (byte) 'X');
      json.getJsonObject("n").put("a", 2);
      for (var got : all) {
        Await.until("three events", () -> got.size() == 3);
        assertThat(got.get(0)).isSameAs(all.get(0).get(0));
        assertThat(got.get(1).body()).isEqualTo(Buffer.buffer("buffer"));
        assertThat(got.get(1).body()).isSameAs(got.get(1).body());
        assertThat(got.get(2).json().getJsonObject("n").getInteger("a")).isEqualTo(1);
        ((Buffer) got.get(1).body()).setByte(0, (byte) 'Y');
        got.get(2).json().getJsonObject("n").put("a", 3);
        assertThat(got.get(1).bytes()).isEqualTo(ByteBuffer.wrap("buffer".getBytes(UTF_8)));
      }
    }
  }

  @Test
  void aSubscriberMayHaveItsOwnBound() {
    var small = Collections.synchronizedList(new ArrayList<Event>());
    var large = Collections.synchronizedList(new ArrayList<Event>());
    on(context(0), () -> {
      var topic = topic(0, "bounds");
      return Future.all(
        topic.subscribe(SubscribeOptions.pattern("#").mailbox(4), small::add),
        topic.subscribe(SubscribeOptions.pattern("#").mailbox(2_048), large::add))
        .onSuccess(attached -> {
          for (int i = 0; i < 1_500; i++) {
            topic.publish("a", i);
          }
        });
    });
    Await.until("the large one", () -> large.size() == 1_500);
    assertThat(small).hasSize(4);
    Await.result(topic(0, "bounds").publish("a", "next"));
    Await.until("the gap", () -> small.size() == 5);
    assertThat(small.get(4).lost()).isEqualTo(1_496);
  }

  @Test
  void anEndedSubscriptionIsSilentFromThenOn() {
    var topic = topic(0, "final");
    long flood = cluster.node(0).vertx().setPeriodic(1, id -> {
      for (int i = 0; i < 20; i++) {
        topic.publish("a", i);
      }
    });
    var late = new AtomicInteger();
    var got = new AtomicInteger();
    for (int round = 0; round < 60; round++) {
      int node = round % 2;
      var over = new AtomicBoolean();
      var some = new AtomicInteger();
      var options = round % 3 == 0 ? SubscribeOptions.pattern("#").group("g")
        : SubscribeOptions.pattern("#");
      var attachment = on(context(node), () -> topic(node, "final").subscribe(options, event -> {
        some.incrementAndGet();
        got.incrementAndGet();
        if (over.get()) {
          late.incrementAndGet();
        }
      }));
      Await.until("events", () -> some.get() > 10);
      attachment.detach().onSuccess(done -> over.set(true));
      Await.until("the end", over::get);
    }
    cluster.node(0).vertx().cancelTimer(flood);
    assertThat(got.get()).isGreaterThan(600);
    assertThat(late).hasValue(0);
  }

  @Test
  void whoStaysGetsWhatWhoLeavesNoLongerGets() {
    var kept = Collections.synchronizedList(new ArrayList<Event>());
    var left = Collections.synchronizedList(new ArrayList<Event>());
    var leaving = new ArrayList<Attachment>();
    Await.result(cluster.node(1).vertx().deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return topic(1, "leaving").subscribe("#", left::add).onSuccess(leaving::add)
          .compose(attached -> topic(1, "leaving").subscribe("#", kept::add));
      }
    }));
    Await.result(topic(0, "leaving").publish("a", 1));
    Await.until("both", () -> kept.size() == 1 && left.size() == 1);
    Await.result(leaving.get(0).detach());
    Await.result(topic(0, "leaving").publish("a", 2));
    Await.until("the one that stays", () -> kept.size() == 2);
    assertThat(left).hasSize(1);
  }
}

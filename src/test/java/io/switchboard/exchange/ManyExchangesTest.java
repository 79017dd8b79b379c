package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.switchboard.testing.Flood;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ManyExchangesTest {
  private static final int MANY = 10_000;
  /** A node's control address, the common one, and an address for each lane. */
  private static final int MOST_SUBSCRIPTIONS = 2 + Runtime.getRuntime().availableProcessors() * 2;

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

  private static List<Function<String, Object>> kinds(Switchboard board) {
    return List.of(board::requests, board::topic, board::collect, board::tasks);
  }

  /** Handles of names that nobody has declared, until they are gone. */
  private static void forget(Function<String, Object> kind, int names) {
    var handles = IntStream.range(0, names)
      .mapToObj(i -> new WeakReference<>(kind.apply("asked-" + i))).toList();
    Await.until("handles are forgotten", () -> {
      System.gc();
      return handles.stream().allMatch(handle -> handle.get() == null);
    });
  }

  @Test
  void aNameThatWasOnlyAskedForIsForgotten() {
    kinds(cluster.node(0)).forEach(kind -> forget(kind, 1_000));
  }

  @Test
  void theHandleOfADeclaredExchangeStaysUntilItIsDeleted() {
    var board = cluster.node(0);
    var handles = new ArrayList<WeakReference<Object>>();
    for (var kind : Kind.values()) {
      var name = "stays-" + kind.word();
      Await.result(board.declare(name, kind, new JsonObject()));
      handles.add(new WeakReference<>(kinds(board).get(kind.ordinal()).apply(name)));
    }
    kinds(board).forEach(kind -> forget(kind, 1));
    assertThat(handles).noneMatch(handle -> handle.get() == null);
    for (var kind : Kind.values()) {
      Await.result(board.delete("stays-" + kind.word()));
    }
    Await.until("they go", () -> {
      System.gc();
      return handles.stream().allMatch(handle -> handle.get() == null);
    });
  }

  @Test
  void whatWaitsInAnOutboxOutlivesItsExchangeAndWhoeverHadTheHandle() {
    var board = cluster.node(0);
    Await.result(board.declare("left", Kind.COLLECT, new JsonObject()));
    for (int i = 0; i < 3; i++) {
      Await.result(board.collect("left").emit(i));
    }
    Await.result(board.delete("left"));
    forget(board::collect, 1);
    Await.result(board.declare("left", Kind.COLLECT, new JsonObject()));
    var got = new CopyOnWriteArrayList<Object>();
    Await.result(board.collect("left").collect(entry -> {
      got.add(entry.body());
      return null;
    }));
    Await.until("all entries", () -> got.size() == 3);
    assertThat(got).containsExactly(0, 1, 2);
  }

  private static int subscriptions() {
    var member = Hazelcast.getAllHazelcastInstances().stream()
      .filter(each -> each.getConfig().getClusterName().equals(cluster.node(0).clusterName()))
      .findFirst().orElseThrow();
    return member.getMultiMap("__vertx.subs").size();
  }

  @Test
  void tenThousandExchangesOfOneNodeAreReachedFromTheOther() {
    assertThat(subscriptions()).isBetween(2, 2 * MOST_SUBSCRIPTIONS);
    Promise<Object> served = Promise.promise();
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      var attached = new ArrayList<Future<Attachment>>();
      for (int i = 0; i < MANY; i++) {
        int number = i;
        attached.add(cluster.node(0).requests("many-" + i)
          .serve(request -> Future.succeededFuture(number)));
      }
      Future.all(attached).<Object>mapEmpty().onComplete(served);
    });
    Await.result(served.future());
    var answers = Flood.of(cluster.node(1).vertx(), MANY, 256, i -> cluster.node(1)
      .requests("many-" + i).request("").map(reply -> {
        assertThat(reply.body()).isEqualTo(i);
        return reply;
      }));
    assertThat(Await.result(answers)).isEqualTo(MANY);
    assertThat(subscriptions()).isBetween(2, 2 * MOST_SUBSCRIPTIONS);
  }
}

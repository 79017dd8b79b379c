package io.switchboard.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.CallOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.node.Node;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CollectExchangeTest {
  private static final int NODES = 3;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(NODES), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static CollectExchange at(int node, String exchange) {
    return cluster.node(node).collect(exchange);
  }

  private static void declare(String exchange, JsonObject options) {
    Await.result(cluster.node(0).declare(exchange, Kind.COLLECT, options));
  }

  /** A collector that writes down what it gets. */
  private static final class Ledger implements CollectListener {
    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> epochs = new CopyOnWriteArrayList<>();
    private final List<String> standbys = new CopyOnWriteArrayList<>();
    private final Attachment attachment;

    private Ledger(int node, String exchange) {
      attachment = Await.result(at(node, exchange).collect(this, entry -> {
        entries.add(entry);
        return null;
      }));
    }

    @Override
    public void onActive(long epoch, long lost) {
      epochs.add(epoch);
      assertThat(lost).isZero();
    }

    @Override
    public void onStandby(String reason) {
      standbys.add(reason);
    }

    private List<Object> bodies() {
      return List.copyOf(entries).stream().map(Entry::body).toList();
    }
  }

  private static JsonObject figures(int node, String exchange) {
    return Node.of(cluster.node(node).vertx()).collects().figures().get(exchange);
  }

  private static FailureCode refusal(Future<?> future) {
    return ((SwitchboardException) Await.failure(future)).code();
  }

  private static void letGo(int node, String exchange) {
    var collects = Node.of(cluster.node(node).vertx()).collects();
    collects.lanes().control().execute(
      () -> new Remains(collects, 1).changed(Set.of(exchange)));
    Await.until("it is let go", () -> !collects.collecting().hasSeat(exchange)
      && !at(node, exchange).holdsEntries());
  }

  @Test
  void ofADeletedExchangeNothingStaysForLong() {
    var first = new Ledger(1, "deleted");
    for (int node = 0; node < NODES; node++) {
      Await.result(at(node, "deleted").emit("heard"));
    }
    Await.until("all entries", () -> first.entries.size() == NODES);
    Await.result(first.attachment.detach());
    var producer = at(0, "deleted");
    Await.result(producer.emit("unheard"));
    Await.result(cluster.node(0).delete("deleted"));
    for (int node = 0; node < NODES; node++) {
      letGo(node, "deleted");
    }
    assertThat(figures(0, "deleted").getInteger("lost")).isEqualTo(1);

    declare("deleted", new JsonObject());
    Await.result(producer.emit("again"));
    var second = new Ledger(2, "deleted");
    Await.until("an entry", () -> second.bodies().equals(List.of("again")));
    assertThat(second.epochs.get(0)).isGreaterThan(first.epochs.get(0));
  }

  @Test
  void everyNodesEntriesReachTheOneActiveCollectorInOrder() {
    var ledger = new Ledger(0, "order");
    var standby = new Ledger(1, "order");
    for (int node = 0; node < NODES; node++) {
      for (int i = 0; i < 1_000; i++) {
        Await.result(at(node, "order").emit(new JsonObject().put("n", i)));
      }
    }
    Await.until("all entries", () -> ledger.entries.size() == 3_000);
    assertThat(standby.entries).isEmpty();
    assertThat(ledger.epochs).containsExactly(1L);
    var next = new HashMap<String, Integer>();
    for (var entry : ledger.entries) {
      assertThat(entry.json().getInteger("n"))
        .isEqualTo(next.merge(entry.node(), 1, Integer::sum) - 1);
      assertThat(entry.lost()).isZero();
      assertThat(entry.epoch()).isEqualTo(1);
    }
    assertThat(next).containsOnlyKeys("node-0", "node-1", "node-2");
    Await.until("all is confirmed", () -> at(2, "order").knownOutbox().size() == 0);
  }

  @Test
  void headersAndEveryBodyTravel() {
    var ledger = new Ledger(1, "bodies");
    var bodies = List.<Object>of("text", 7, 7L, true, new JsonObject().put("a", 1));
    for (int node = 0; node < 2; node++) {
      for (var body : bodies) {
        Await.result(at(node, "bodies").emit(
          body, CallOptions.DEFAULT.headers(Headers.of(Map.of("level", "warn")))));
      }
    }
    Await.until("all entries", () -> ledger.entries.size() == 10);
    assertThat(ledger.bodies()).containsAll(bodies);
    assertThat(ledger.entries).allMatch(
      entry -> "warn".equals(entry.headers().get("level")));
    assertThat(refusal(at(0, "bodies").emit(new Object()))).isEqualTo(FailureCode.BAD_REQUEST);
  }

  @Test
  void entriesWaitForTheFirstCollector() {
    declare("wait", new JsonObject());
    for (int i = 0; i < 100; i++) {
      Await.result(at(2, "wait").emit(i));
    }
    var ledger = new Ledger(0, "wait");
    Await.until("all entries", () -> ledger.entries.size() == 100);
    assertThat(ledger.bodies()).isEqualTo(List.copyOf(ledger.bodies()).stream()
      .sorted().toList());
  }

  @Test
  void aFullBufferRefuses() {
    declare("refuse", new JsonObject().put("bufferEntries", 10));
    for (int i = 0; i < 10; i++) {
      Await.result(at(1, "refuse").emit(i));
    }
    assertThat(refusal(at(1, "refuse").emit(10))).isEqualTo(FailureCode.OVERLOADED);
    Await.result(at(2, "refuse").emit("another node has a buffer of its own"));
    assertThat(figures(1, "refuse").getLong("overloaded")).isEqualTo(1);
    var ledger = new Ledger(0, "refuse");
    Await.until("what was taken", () -> ledger.entries.size() == 11);
    Await.until("room", () -> at(1, "refuse").knownOutbox().size() == 0);
    Await.result(at(1, "refuse").emit("more"));
  }

  @Test
  void aFullBufferDropsTheOldestAndCountsThem() {
    declare("drop", new JsonObject().put("bufferEntries", 10).put("overflow", "drop-oldest"));
    for (int i = 0; i < 25; i++) {
      Await.result(at(1, "drop").emit(i));
    }
    var ledger = new Ledger(0, "drop");
    Await.until("what was kept", () -> ledger.entries.size() == 10);
    assertThat(ledger.bodies()).containsExactly(15, 16, 17, 18, 19, 20, 21, 22, 23, 24);
    assertThat(ledger.entries.get(0).lost()).isEqualTo(15);
    assertThat(figures(1, "drop").getLong("dropped")).isEqualTo(15);
  }

  @Test
  void bytesAreBoundedToo() {
    declare("bytes", new JsonObject().put("bufferBytes", 10_000));
    assertThat(refusal(at(1, "bytes").emit("x".repeat(20_000))))
      .isEqualTo(FailureCode.TOO_LARGE);
    int taken = 0;
    while (at(1, "bytes").emit("x".repeat(1_000)).succeeded()) {
      taken++;
    }
    assertThat(taken).isBetween(8, 10);
  }

  @Test
  void theNextInOrderTakesOverWithoutLossOrRepetitionUnderLoad() {
    var ledgers = new ArrayList<Ledger>();
    for (int i = 0; i < NODES; i++) {
      ledgers.add(new Ledger(i, "handover"));
    }
    var go = new AtomicBoolean(true);
    var emitted = new AtomicInteger();
    // Two producers on each node: each counts its own.
    for (int producer = 0; producer < 2 * NODES; producer++) {
      produce(producer, "handover", go, emitted);
    }
    for (int i = 0; i < NODES - 1; i++) {
      var leaving = ledgers.get(i);
      Await.until("entries at collector " + i, () -> leaving.entries.size() > 5_000);
      Await.result(leaving.attachment.detach());
      int seen = leaving.entries.size();
      var next = ledgers.get(i + 1);
      Await.until("the next one", () -> !next.entries.isEmpty());
      assertThat(leaving.entries).hasSize(seen);
      assertThat(leaving.standbys).containsExactly("it was detached");
      assertThat(next.epochs).containsExactly((long) i + 2);
    }
    go.set(false);
    var all = new ArrayList<Entry>();
    Await.until("every entry", () -> ledgers.stream()
      .mapToInt(ledger -> ledger.entries.size()).sum() >= emitted.get());
    ledgers.forEach(ledger -> all.addAll(ledger.entries));
    assertThat(all).hasSize(emitted.get());
    var next = new HashMap<Integer, Integer>();
    for (var entry : all) {
      int producer = entry.json().getInteger("producer");
      assertThat(entry.json().getInteger("n")).as("producer " + producer)
        .isEqualTo(next.merge(producer, 1, Integer::sum) - 1);
      assertThat(entry.lost()).isZero();
    }
  }

  /** Emits as long as it is told to, a burst at a time, and stops when it is refused. */
  private static void produce(
    int producer, String exchange, AtomicBoolean go, AtomicInteger emitted) {
    var collect = at(producer % NODES, exchange);
    var context = cluster.node(producer % NODES).vertx().getOrCreateContext();
    var next = new AtomicInteger();
    context.runOnContext(start -> context.owner().setPeriodic(1, id -> {
      for (int i = 0; i < 5 && go.get(); i++) {
        var entry = new JsonObject().put("producer", producer).put("n", next.get());
        if (collect.emit(entry).succeeded()) {
          next.incrementAndGet();
          emitted.incrementAndGet();
        }
      }
      if (!go.get()) {
        context.owner().cancelTimer(id);
      }
    }));
  }

  @Test
  void prefetchIsTheMostInHandAndDetachingWaitsForThem() {
    declare("prefetch", new JsonObject().put("prefetch", 4));
    var promises = Collections.synchronizedList(new ArrayList<Promise<Void>>());
    var standbys = new CopyOnWriteArrayList<String>();
    var attachment = Await.result(at(1, "prefetch").collect(new CollectListener() {
      @Override
      public void onStandby(String reason) {
        standbys.add(reason);
      }
    }, entry -> {
      Promise<Void> promise = Promise.promise();
      promises.add(promise);
      return promise.future();
    }));
    for (int i = 0; i < 10; i++) {
      Await.result(at(0, "prefetch").emit(i));
    }
    Await.until("the first ones", () -> promises.size() == 4);
    var standby = new Ledger(2, "prefetch");
    var detached = attachment.detach();
    Await.until("nothing more is handed out", () -> !standbys.isEmpty());
    promises.get(0).complete();
    promises.get(1).complete();
    assertThat(detached.isComplete()).isFalse();
    promises.get(2).complete();
    promises.get(3).fail("a handler's failure is logged and counted");
    Await.result(detached);
    Await.until("the rest", () -> standby.entries.size() == 6);
    assertThat(standby.bodies()).containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(promises).hasSize(4);
  }

  @Test
  void theListingNamesTheActiveOneAndTheStandbys() {
    var first = new Ledger(1, "listing");
    new Ledger(2, "listing");
    Await.until("the first one reigns", () -> !first.epochs.isEmpty());
    Await.until("node 0 has heard of it", () -> {
      var collects = Node.of(cluster.node(0).vertx()).collects();
      var route = at(0, "listing").resolve().route();
      return collects.collectors(route).encode().matches(
        "\\[\\{\"node\":\"node-1\",.*\"state\":\"active\",\"epoch\":1},"
          + "\\{\"node\":\"node-2\",.*\"state\":\"standby\"}]");
    });
  }

  @Test
  void operationsOfAnotherKindAreConflicts() {
    Await.result(cluster.node(0).declare("plain", Kind.REQUEST, new JsonObject()));
    declare("kind", new JsonObject());
    assertThat(refusal(at(1, "plain").emit(1))).isEqualTo(FailureCode.CONFLICT);
    assertThat(refusal(at(1, "plain").collect(entry -> null))).isEqualTo(FailureCode.CONFLICT);
    assertThat(refusal(cluster.node(1).requests("kind").request(1)))
      .isEqualTo(FailureCode.CONFLICT);
    assertThat(refusal(at(1, "absent").emit(1))).isEqualTo(FailureCode.NO_EXCHANGE);
    assertThat(refusal(cluster.node(1).declare(
      "wrong", Kind.COLLECT, new JsonObject().put("overflow", "explode"))))
      .isEqualTo(FailureCode.BAD_REQUEST);
  }
}

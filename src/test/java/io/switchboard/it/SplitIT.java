package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of three nodes is parted from the others by its network: it takes no task that a merge
 * would lose, and has no active collector beside the others'. With {@code -Dlong=true} for so
 * long that both sides give each other up, and tasks with each node in turn; else one for a few
 * seconds.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SplitIT {
  private static final Logger LOG = LoggerFactory.getLogger(SplitIT.class);
  private static final boolean LONG = !System.getProperty("long", "").isEmpty();
  private static final int NODES = 3;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long SILENCE_MILLIS = 3_000;
  private static final String LEDGER = "ledger";

  private static CollectHistory history;
  private static SplitCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(SplitNetwork.isAllowed(), "no right to make network namespaces (ip netns)");
    var verticles = FatJarCluster.verticleFolder();
    history = CollectHistory.deployedIn(verticles);
    Sources.deploy(verticles, "Resident", RESIDENT);
    cluster = SplitCluster.start(NODES, verticles, "--set", "exchanges.parted.kind=task");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** What the node says; notes the task when it says that it is safe. */
  private static String submit(int node, Set<String> answered) throws IOException {
    var response = cluster.call(node, "POST", "/exchanges/parted/tasks", "{}");
    if (response.statusCode() == 202) {
      answered.add(new JsonObject(response.body()).getString("id"));
      return "accepted";
    }
    return new JsonObject(response.body()).getString("code");
  }

  private static void awaitSubmit(int node, Set<String> answered, String answer) {
    Eventually.see("a submit at part-" + node + " is answered", SOON,
      () -> submit(node, answered), answer::equals);
  }

  @Test
  void theSmallerPartRefusesTasks() throws Exception {
    var answered = new HashSet<String>();
    for (int node = 0; node < NODES; node++) {
      awaitSubmit(node, answered, "accepted");
    }
    for (int alone : LONG ? new int[] {0, 1, 2} : new int[] {2}) {
      cluster.part(alone);
      awaitSubmit(alone, answered, "NO_QUORUM");
      int before = answered.size();
      if (LONG) {
        awaitSubmit((alone + 1) % NODES, answered, "accepted");
        awaitSubmit((alone + 2) % NODES, answered, "accepted");
        assertThat(submit(alone, answered)).isEqualTo("NO_QUORUM");
        assertThat(answered).hasSizeGreaterThan(before);
      }
      cluster.mend(alone);
      cluster.awaitMet();
      for (int node = 0; node < NODES; node++) {
        awaitSubmit(node, answered, "accepted");
      }
    }
    assertThat(leaseAll()).containsAll(answered);
  }

  private static Set<String> leaseAll() throws IOException {
    var leased = new HashSet<String>();
    for (int i = 0; i < NODES; i++) {
      for (var task : new JsonArray(cluster.call(
        i, "POST", "/exchanges/parted/tasks/lease?max=1000&waitMs=500", "").body())) {
        leased.add(((JsonObject) task).getString("id"));
      }
    }
    return leased;
  }

  @Test
  void theSmallerPartHasNoActiveCollectorAndAllIsAsBeforeAfterwards() throws Exception {
    history.awaitProducers(NODES);
    var before = history.last();
    int alone = Integer.parseInt(before.collector().substring("part-".length()));
    long parted = System.nanoTime();
    cluster.part(alone);
    var first = history.firstAfter(before.epoch());
    assertThat(first.collector()).isNotEqualTo(before.collector());
    assertThat(millis(parted, first.at())).as("milliseconds until the others have a collector")
      .isLessThan(SILENCE_MILLIS + 2_000);
    for (int node = 0; node < NODES; node++) {
      awaitAnswerFromOwnSide(node, alone);
    }
    Eventually.see("the one that is alone knows that it is not active", SOON,
      () -> CollectHistory.active(cluster.shown(alone, LEDGER)), ""::equals);
    if (LONG) {
      Eventually.see("the cluster has given it up", SOON, () -> cluster.members(alone),
        members -> members == 1);
    }
    long lastAlone = history.handled().stream()
      .filter(each -> each.collector().equals(before.collector()))
      .mapToLong(CollectHistory.Handled::at).max().orElseThrow();
    assertThat(millis(parted, lastAlone)).as("milliseconds until it hands out nothing")
      .isLessThan(1_000);
    long mended = System.nanoTime();
    cluster.mend(alone);
    cluster.awaitMet();
    Eventually.holds("its entries go to the others' collector", SOON,
      () -> history.handled().stream().anyMatch(each -> each.at() > mended
        && each.producer().equals(before.collector())
        && each.collector().equals(first.collector())));
    for (int node = 0; node < NODES; node++) {
      int seenBy = node;
      Eventually.see("all agree on the collector", SOON,
        () -> CollectHistory.active(cluster.shown(seenBy, LEDGER)), first.collector()::equals);
      awaitHeardByAll("published at " + node, node);
    }
    Eventually.see("it is asked by the others again", SOON,
      () -> request((alone + 1) % NODES, "resident"), before.collector()::equals);
    LOG.info("Nothing handed out {} ms after the split, the others' first entry after {} ms; {}",
      millis(parted, lastAlone), millis(parted, first.at()), awaitAllEmitted());
    history.assertOrder();
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }

  private static String request(int node, String exchange) throws IOException {
    var answer = cluster.call(node, "POST", "/exchanges/" + exchange + "/request", "{}");
    return answer.statusCode() == 200 ? answer.body() : answer.statusCode() + answer.body();
  }

  /** Each side serves its own requests with the workers that it has. */
  private static void awaitAnswerFromOwnSide(int node, int alone) {
    var own = IntStream.range(0, NODES).filter(other -> other == alone == (node == alone))
      .mapToObj(SplitCluster::name).toList();
    Eventually.holds("requests at " + node + " are answered on its side", SOON, () -> {
      for (int i = 0; i < 2 * NODES; i++) {
        if (!own.contains(request(node, "resident"))) {
          return false;
        }
      }
      return true;
    });
  }

  private static void awaitHeardByAll(String event, int publisher) {
    Eventually.holds("every subscriber hears what is " + event, SOON, () -> {
      cluster.call(publisher, "POST", "/exchanges/news/publish?key=any",
        new JsonObject().put("news", event).encode());
      for (int node = 0; node < NODES; node++) {
        if (!request(node, "heard." + SplitCluster.name(node)).contains(event)) {
          return false;
        }
      }
      return true;
    });
  }

  private static String awaitAllEmitted() throws IOException {
    var emitted = new HashMap<String, Long>();
    for (int node = 0; node < NODES; node++) {
      var name = SplitCluster.name(node);
      emitted.put(name, Long.parseLong(request(node, "emitted." + name)));
    }
    return history.awaitAll(emitted);
  }

  /** A worker and a subscriber of every node. */
  private static final String RESIDENT = """
    import io.switchboard.Switchboard;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import java.util.Set;
    import java.util.TreeSet;

    public class Resident extends VerticleBase {
      private final Set<String> heard = new TreeSet<>();

      @Override
      public Future<?> start() {
        var board = Switchboard.of(vertx);
        return Future.all(
          board.requests("resident").serve(request -> Future.succeededFuture(board.nodeName())),
          board.requests("heard." + board.nodeName()).serve(request ->
            Future.succeededFuture(heard.toString())),
          board.topic("news").subscribe("#", event -> heard.add(event.json().encode())));
      }
    }
    """;
}

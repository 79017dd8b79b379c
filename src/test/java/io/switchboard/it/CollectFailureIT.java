package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three packaged nodes, each a producer and a collector. The node of the active one is killed, or
 * frozen.
 */
class CollectFailureIT {
  private static final Logger LOG = LoggerFactory.getLogger(CollectFailureIT.class);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int NODES = 3;

  private CollectHistory history;
  private FatJarCluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    var verticles = FatJarCluster.verticleFolder();
    history = CollectHistory.deployedIn(verticles);
    cluster = FatJarCluster.start(NODES, "--verticles", verticles.toString());
    history.awaitProducers(NODES);
  }

  @AfterEach
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The active collector's node as that node sees it; empty for none. */
  private String activeSeenBy(int node) throws IOException {
    return CollectHistory.active(
      new JsonObject(cluster.api(node).get("/api/v1/exchanges/ledger").body()));
  }

  private int awaitActive(int seenBy) {
    var name = Eventually.see("a collector is active", SOON, () -> activeSeenBy(seenBy),
      node -> !node.isEmpty());
    for (int i = 0; i < NODES; i++) {
      if (cluster.name(i).equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no node is named " + name);
  }

  @Test
  void whenTheActiveOneIsKilledTheNextTakesOverAndKnowsHowManyMayBeLost() throws Exception {
    int victim = awaitActive(0);
    long epoch = history.last().epoch();
    long killed = System.nanoTime();
    cluster.kill(victim);
    var first = history.firstAfter(epoch);
    long takeover = (first.at() - killed) / 1_000_000;
    assertThat(takeover).as("milliseconds without a collector").isLessThan(2_000);

    var emitted = new HashMap<String, Long>();
    for (int i = 0; i < NODES; i++) {
      if (i != victim) {
        var name = cluster.name(i);
        emitted.put(name, Long.parseLong(cluster.api(i).request("emitted." + name, "{}").body()));
      }
    }
    LOG.info("Taken over {} ms after the kill; {}", takeover, history.awaitAll(emitted));
    history.assertOrder();
    theLastOneCollectsOnceALostOneIsForgotten(victim);
  }

  private void theLastOneCollectsOnceALostOneIsForgotten(int lost) throws Exception {
    int second = awaitActive((lost + 1) % NODES);
    cluster.kill(second);
    int last = NODES - lost - second;
    Eventually.holds("one of three is not enough", SOON,
      () -> cluster.log(last).contains("1 of the 2 nodes it takes are in reach"));
    assertThat(activeSeenBy(last)).isNotEqualTo(cluster.name(last));
    var api = cluster.api(last);
    assertThat(api.send(api.request("/api/v1/nodes/" + cluster.name(lost) + "/forget")
      .POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).statusCode())
      .isEqualTo(204);
    Eventually.see("it is the active one", SOON, () -> activeSeenBy(last),
      cluster.name(last)::equals);
  }

  @Test
  void oneThatStoodStillFindsItsReignOverWhenItGoesOn() throws Exception {
    int victim = awaitActive(0);
    long epoch = history.last().epoch();
    cluster.pause(victim);
    var first = history.firstAfter(epoch);
    assertThat(first.collector()).isNotEqualTo(cluster.name(victim));
    cluster.resume(victim);
    Eventually.holds("entries of the frozen node come in again", SOON,
      () -> history.handled().stream().anyMatch(each ->
        each.at() > first.at() && each.producer().equals(cluster.name(victim))));
    history.assertOrder();
    Eventually.see("it stands by again", SOON, () -> activeSeenBy(victim),
      first.collector()::equals);
  }
}

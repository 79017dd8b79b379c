package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.testing.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes are killed and started again at random, and a monitor hears of each fall and each
 * return once. Two kills, or a hundred with {@code -Dlong}.
 */
class MonitorIT {
  private static final int NODES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<List<String>> told = new ArrayList<>();
  private final List<List<String>> expected = new ArrayList<>();

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyFallAndEveryReturnIsToldExactlyOnce() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    int kills = Boolean.getBoolean("long") ? 100 : 2;
    var folders = new ArrayList<String>();
    for (int i = 0; i < NODES; i++) {
      var folder = FatJarCluster.verticleFolder();
      Sources.worker(folder, "Alive", "alive-" + i, "Future.succeededFuture(\"here\")");
      folders.add(folder.toString());
    }
    try (var cluster = FatJarCluster.start(NODES, node ->
      List.of("--verticles", folders.get(node)))) {
      var board = Await.result(Switchboard.launch(new JsonObject()
        .put("name", "observer").put("cluster", cluster.clusterOptions())), LIMIT);
      try {
        watch(board);
        for (int i = 0; i < kills; i++) {
          killAndRestart(cluster, random);
        }
        assertThat(told).as("seed %d", seed).isEqualTo(expected);
      } finally {
        Await.result(board.stop(), LIMIT);
      }
    }
  }

  private void watch(Switchboard board) {
    for (int i = 0; i < NODES; i++) {
      var changes = new CopyOnWriteArrayList<String>();
      told.add(changes);
      expected.add(new ArrayList<>());
      Await.result(board.monitor("alive-" + i, change -> changes.add(change.reason().name())));
    }
  }

  /** One node, or two at once. */
  private void killAndRestart(FatJarCluster cluster, Random random) throws Exception {
    int first = random.nextInt(NODES);
    int count = random.nextInt(3) == 0 ? 2 : 1;
    var victims = IntStream.range(first, first + count).map(node -> node % NODES).toArray();
    for (int victim : victims) {
      cluster.kill(victim);
      expected.get(victim).addAll(List.of("NODE_DOWN", "BACK"));
    }
    for (int victim : victims) {
      cluster.restart(victim);
    }
    for (int victim : victims) {
      Eventually.holds("told that alive-" + victim + " fell and is back", LIMIT,
        () -> told.get(victim).size() >= expected.get(victim).size());
    }
  }
}

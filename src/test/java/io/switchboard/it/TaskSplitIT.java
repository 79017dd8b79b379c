package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One of three nodes is parted from the others by its network: it takes no task that a merge
 * would lose. With {@code -Dlong=true} for so long that both sides give each other up, with each
 * node in turn; else one for a few seconds.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TaskSplitIT {
  private static final boolean LONG = !System.getProperty("long", "").isEmpty();
  private static final int NODES = 3;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TOKEN = "split";

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Set<String> answered = new HashSet<>();
  private SplitNetwork network;

  @AfterEach
  void stop() throws Exception {
    for (var node : nodes) {
      if (node.isAlive()) {
        node.kill();
      }
    }
    if (network != null) {
      network.close();
    }
  }

  private void start() throws IOException {
    network = SplitNetwork.of(NODES);
    var folder = FatJar.folder("split");
    var join = network.address(0) + ":5701," + network.address(1) + ":5701,"
      + network.address(2) + ":5701";
    var verticles = FatJarCluster.verticleFolder();
    for (int i = 0; i < NODES; i++) {
      nodes.add(new NodeProcess("part-" + i, folder, network.launcher(i), List.of(
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "run",
        "--name", "part-" + i, "--host", network.address(i), "--join", join,
        "--cluster", "split", "--http-port", "8080", "--cluster-port", "5701",
        "--set", "http.token=" + TOKEN, "--set", "cluster.trustNetwork=true",
        "--set", "exchanges.parted.kind=task", "--verticles", verticles.toString())));
    }
    for (var node : nodes) {
      node.start();
    }
    for (var node : nodes) {
      node.awaitReady();
    }
    awaitMet();
  }

  private void awaitMet() {
    for (var node : nodes) {
      Eventually.see(node.name() + " is one of three", SOON,
        () -> node.api().get("/health/ready").body(),
        body -> body.contains("\"members\":3") && body.contains("\"safe\":true"));
    }
  }

  private HttpResponse<String> call(int node, String method, String path, String body)
    throws IOException {
    var api = nodes.get(node).api();
    return api.send(api.request("/api/v1/exchanges/parted" + path)
      .header("Authorization", "Bearer " + TOKEN).header("Content-Type", "application/json")
      .header("Switchboard-Deadline-Ms", "2000")
      .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** What the node says; notes the task when it says that it is safe. */
  private String submit(int node) throws IOException {
    var response = call(node, "POST", "/tasks", "{}");
    if (response.statusCode() == 202) {
      answered.add(new JsonObject(response.body()).getString("id"));
      return "accepted";
    }
    return new JsonObject(response.body()).getString("code");
  }

  private void awaitSubmit(int node, String answer) {
    Eventually.see("a submit at part-" + node + " is answered", SOON, () -> submit(node),
      answer::equals);
  }

  @Test
  void theSmallerPartRefuses() throws Exception {
    assumeTrue(SplitNetwork.isAllowed(), "no right to make network namespaces (ip netns)");
    start();
    for (int node = 0; node < NODES; node++) {
      awaitSubmit(node, "accepted");
    }
    for (int alone : LONG ? new int[] {0, 1, 2} : new int[] {2}) {
      network.part(alone);
      awaitSubmit(alone, "NO_QUORUM");
      int before = answered.size();
      if (LONG) {
        awaitSubmit((alone + 1) % NODES, "accepted");
        awaitSubmit((alone + 2) % NODES, "accepted");
        assertThat(submit(alone)).isEqualTo("NO_QUORUM");
        assertThat(answered).hasSizeGreaterThan(before);
      }
      network.mend(alone);
      awaitMet();
      for (int node = 0; node < NODES; node++) {
        awaitSubmit(node, "accepted");
      }
    }
    assertThat(leaseAll()).containsAll(answered);
  }

  private Set<String> leaseAll() throws IOException {
    var leased = new HashSet<String>();
    for (int i = 0; i < NODES; i++) {
      for (var task : new JsonArray(
        call(i, "POST", "/tasks/lease?max=1000&waitMs=500", "").body())) {
        leased.add(((JsonObject) task).getString("id"));
      }
    }
    return leased;
  }
}

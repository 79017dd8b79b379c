package io.switchboard.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A cluster of packaged nodes on a network that can be parted, each on a host of its own. Nodes
 * are counted from 0. Not thread-safe.
 */
final class SplitCluster implements AutoCloseable {
  private static final Duration MEET_LIMIT = Duration.ofSeconds(60);
  private static final Pattern MEMBERS = Pattern.compile("\"members\":(\\d+)");
  private static final String TOKEN = "split";

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final SplitNetwork network;

  private SplitCluster(SplitNetwork network) {
    this.network = network;
  }

  /** Returns when each node sees all of them. */
  static SplitCluster start(int count, Path verticles, String... arguments) throws Exception {
    var cluster = new SplitCluster(SplitNetwork.of(count));
    try {
      cluster.begin(count, verticles, List.of(arguments));
      return cluster;
    } catch (IOException | RuntimeException | AssertionError broken) {
      cluster.close();
      throw broken;
    }
  }

  private void begin(int count, Path verticles, List<String> more) throws IOException {
    var folder = FatJar.folder("split");
    var join = String.join(":5701,", network.addresses()) + ":5701";
    for (int i = 0; i < count; i++) {
      var arguments = new ArrayList<>(List.of("run", "--name", name(i),
        "--host", network.address(i), "--join", join, "--cluster", "split",
        "--http-port", "8080", "--cluster-port", "5701", "--verticles", verticles.toString(),
        "--set", "http.token=" + TOKEN, "--set", "cluster.trustNetwork=true"));
      arguments.addAll(more);
      nodes.add(new NodeProcess(name(i), folder, network.launcher(i), arguments));
    }
    for (var node : nodes) {
      node.start();
    }
    for (var node : nodes) {
      node.awaitReady();
    }
    awaitMet();
  }

  /** Waits until every node sees all of them as ready. */
  void awaitMet() {
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      Eventually.see(name(i) + " sees all", MEET_LIMIT,
        () -> call(node, "GET", "/nodes", "").body(),
        seen -> seen.split("\"ready\"", -1).length == nodes.size() + 1);
      Eventually.see(name(i) + " is safe", MEET_LIMIT,
        () -> nodes.get(node).api().get("/health/ready").body(),
        body -> body.contains("\"members\":" + nodes.size()) && body.contains("\"safe\":true"));
    }
  }

  static String name(int node) {
    return "part-" + node;
  }

  /** Below {@code /api/v1}; blocks; any status. */
  HttpResponse<String> call(int node, String method, String path, String body)
    throws IOException {
    var api = nodes.get(node).api();
    return api.send(api.request("/api/v1" + path)
      .header("Authorization", "Bearer " + TOKEN).header("Content-Type", "application/json")
      .header("Switchboard-Deadline-Ms", "2000")
      .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** How many members the node's Hazelcast counts, itself included. */
  int members(int node) throws IOException {
    var members = MEMBERS.matcher(nodes.get(node).api().get("/health/ready").body());
    return members.find() ? Integer.parseInt(members.group(1)) : 0;
  }

  /** The exchange as the node shows it. */
  JsonObject shown(int node, String exchange) throws IOException {
    return new JsonObject(call(node, "GET", "/exchanges/" + exchange, "").body());
  }

  /** From now on the node and the others do not hear each other; the test hears all. */
  void part(int node) throws IOException {
    network.part(node);
  }

  /** All is as before. */
  void mend(int node) throws IOException {
    network.mend(node);
  }

  /** Kills every node and takes the network away, both also when interrupted. */
  @Override
  public void close() throws IOException, InterruptedException {
    try {
      NodeProcess.killAll(nodes);
    } finally {
      network.close();
    }
  }
}

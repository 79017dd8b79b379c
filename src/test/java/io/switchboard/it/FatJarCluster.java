package io.switchboard.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A cluster of packaged nodes, each a process on loopback, with ports and a cluster name of its
 * own. Nodes are counted from 0. Not thread-safe.
 */
public final class FatJarCluster implements AutoCloseable {
  private static final Duration MEET_LIMIT = Duration.ofSeconds(30);
  private static final List<String> NAMES = List.of("alpha", "beta", "gamma", "delta", "epsilon");

  private final List<NodeProcess> nodes = new ArrayList<>();
  private String clusterName;
  private String join;

  private FatJarCluster() {
  }

  /** Starts nodes with the sample verticles; returns when each sees all of them as ready. */
  public static FatJarCluster start(int count) throws IOException, InterruptedException {
    return start(count, node -> List.of());
  }

  /** As {@link #start(int)}, with more arguments for every node. */
  public static FatJarCluster start(int count, String... arguments)
    throws IOException, InterruptedException {
    return start(count, node -> List.of(arguments));
  }

  /** As {@link #start(int)}, with more arguments for each node. */
  public static FatJarCluster start(int count, IntFunction<List<String>> arguments)
    throws IOException, InterruptedException {
    var cluster = new FatJarCluster();
    try {
      cluster.prepare(count, arguments);
      for (var node : cluster.nodes) {
        node.start();
      }
      for (var node : cluster.nodes) {
        node.awaitReady();
      }
      cluster.awaitMet();
      return cluster;
    } catch (IOException | RuntimeException | AssertionError broken) {
      cluster.close();
      throw broken;
    }
  }

  private void prepare(int count, IntFunction<List<String>> more) throws IOException {
    var folder = FatJar.folder("cluster");
    var ports = FreePorts.take(2 * count);
    var clusterPorts = ports.subList(0, count);
    clusterName = folder.getFileName().toString();
    join = String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList());
    for (int i = 0; i < count; i++) {
      var name = NAMES.get(i);
      var arguments = new ArrayList<>(List.of("run", "--name", name,
        "--http-port", String.valueOf(ports.get(count + i)),
        "--cluster-port", String.valueOf(clusterPorts.get(i)),
        "--join", join, "--cluster", clusterName));
      arguments.addAll(more.apply(i));
      if (!arguments.contains("--verticles")) {
        arguments.addAll(List.of("--verticles", FatJar.VERTICLES.toString()));
      }
      nodes.add(new NodeProcess(name, folder.resolve(name), arguments));
    }
  }

  private void awaitMet() {
    for (var node : nodes) {
      Eventually.see(node.name() + " sees " + nodes.size() + " ready nodes", MEET_LIMIT,
        () -> node.api().list("/api/v1/nodes"), seen -> seen.stream()
          .filter(each -> "ready".equals(each.getString("state"))).count() == nodes.size());
    }
  }

  /** The section of a node that is to join from the test's own process. */
  public JsonObject clusterOptions() {
    return new JsonObject().put("name", clusterName).put("port", 0).put("join", join);
  }

  /** Without a slash at the end. */
  public String httpUrl(int node) {
    return nodes.get(node).url();
  }

  /** The node's HTTP API. */
  public NodeApi api(int node) {
    return nodes.get(node).api();
  }

  /** The node's name in the cluster. */
  public String name(int node) {
    return nodes.get(node).name();
  }

  /** Name and process number of the node's present or last life. */
  String process(int node) {
    return name(node) + "-" + nodes.get(node).pid();
  }

  /** Whether the node's process is there, frozen perhaps. */
  boolean isAlive(int node) {
    return nodes.get(node).isAlive();
  }

  /** Starts a node that has ended; {@link #awaitReady} waits for it. */
  void begin(int node) throws IOException {
    nodes.get(node).start();
  }

  /** Waits until a node that was begun is ready. */
  void awaitReady(int node) throws IOException {
    nodes.get(node).awaitReady();
  }

  /** How many nodes there are, dead ones included. */
  public int size() {
    return nodes.size();
  }

  /** What the node wrote to standard output since its last start. */
  public String output(int node) throws IOException {
    return nodes.get(node).output();
  }

  /** What the node wrote to standard error since its last start. */
  public String log(int node) throws IOException {
    return nodes.get(node).logText();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill(int node) throws InterruptedException {
    nodes.get(node).kill();
  }

  /** SIGTERM; waits for the end and returns the exit code. */
  public int stop(int node) throws IOException, InterruptedException {
    return nodes.get(node).stop();
  }

  /** SIGSTOP. */
  public void pause(int node) throws IOException, InterruptedException {
    nodes.get(node).signal("STOP");
  }

  /** SIGCONT. */
  public void resume(int node) throws IOException, InterruptedException {
    nodes.get(node).signal("CONT");
  }

  /** Starts a node that has ended, with its name and ports; returns when it is ready. */
  public void restart(int node) throws IOException {
    nodes.get(node).start();
    nodes.get(node).awaitReady();
  }

  /** Kills every node, also when interrupted, and checks that it is gone. */
  @Override
  public void close() throws InterruptedException {
    NodeProcess.killAll(nodes);
  }

  /** A new empty directory for verticles, below the build's own. */
  public static Path verticleFolder() throws IOException {
    return FatJar.folder("verticles");
  }
}

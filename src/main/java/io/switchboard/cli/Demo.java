package io.switchboard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Three nodes, started together, started again when one dies, and stopped together. */
final class Demo {
  private static final List<String> NAMES = List.of("alpha", "beta", "gamma");
  private static final int FIRST_HTTP_PORT = 8080;
  private static final int FIRST_CLUSTER_PORT = 5701;
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int RESTART_DELAY_SECONDS = 3;
  private static final int MAX_RESTARTS = 5;
  private static final Duration RESTART_PERIOD = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final DemoFolder folder;
  private final List<DemoNode> nodes = new ArrayList<>();
  private final List<Path> scratch = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ScheduledExecutorService restarts =
    Executors.newSingleThreadScheduledExecutor(task -> {
      var thread = new Thread(task, "restarts");
      thread.setDaemon(true);
      return thread;
    });
  private boolean stopping;

  Demo(Terminal terminal, DemoFolder folder) throws IOException {
    this.terminal = terminal;
    this.folder = folder;
    var httpPorts = FreePorts.from(FIRST_HTTP_PORT, NAMES.size());
    var clusterPorts = FreePorts.from(FIRST_CLUSTER_PORT, NAMES.size());
    var join = String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList());
    var cluster = "switchboard-demo-" + ProcessHandle.current().pid();
    for (int i = 0; i < NAMES.size(); i++) {
      var name = NAMES.get(i);
      int port = httpPorts.get(i);
      scratch.add(folder.scratch(name, port));
      nodes.add(new DemoNode(name, port, JavaCommand.of(scratch.get(i), List.of("run",
        "--exit-with-parent", "--name", name, "--host", "127.0.0.1", "--advertise", "127.0.0.1",
        "--http-port", String.valueOf(port), "--cluster-port",
        String.valueOf(clusterPorts.get(i)), "--join", join, "--cluster", cluster)),
        folder.log(name, port)));
    }
  }

  /** Returns when all nodes are ready; fails the command when one is not. */
  void start() throws IOException, InterruptedException {
    terminal.out().println("Starting three nodes …");
    var runs = new ArrayList<DemoNode.Run>();
    synchronized (this) {
      for (var node : nodes) {
        if (!stopping) {
          runs.add(node.start());
        }
      }
    }
    long end = System.nanoTime() + READY_LIMIT.toNanos();
    for (int i = 0; i < runs.size(); i++) {
      try {
        runs.get(i).ready().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException notReady) {
        abandon(nodes.get(i), notReady instanceof TimeoutException);
      }
    }
    for (int i = 0; i < runs.size(); i++) {
      watch(nodes.get(i), runs.get(i), new RestartBudget(MAX_RESTARTS, RESTART_PERIOD));
    }
    announce();
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Stops all nodes, waits for them, removes what they left. May be called more than once. */
  void stop() {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      nodes.forEach(DemoNode::askToStop);
    }
    restarts.shutdownNow();
    try {
      long end = System.nanoTime() + STOP_LIMIT.toNanos();
      for (var node : nodes) {
        node.awaitStop(Math.max(0, (end - System.nanoTime()) / 1_000_000));
      }
      folder.clear(scratch);
    } catch (IOException broken) {
      terminal.complain("cannot remove the demo's files: " + broken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private void abandon(DemoNode node, boolean late) throws IOException {
    synchronized (this) {
      if (stopping) {
        throw CommandFailure.failed("CANCELLED: stopped before the nodes were ready");
      }
    }
    node.lastLogLines().forEach(line -> terminal.err().println(PlainText.block(line)));
    throw CommandFailure.failed("the node " + node.name() + (late
      ? " was not ready within " + PlainText.duration(READY_LIMIT)
      : " ended before it was ready") + "; above is the end of its log");
  }

  private void announce() {
    var out = terminal.out();
    var command = Home.command();
    var table = new Table("NODE", "HTTP", "PID", "LOG");
    nodes.forEach(node -> table.row(node.name(), node.url(), String.valueOf(node.pid()),
      Path.of("").toAbsolutePath().relativize(node.log().toAbsolutePath())));
    table.print(out);
    out.println();
    out.println("Console: " + nodes.get(0).url() + "/");
    out.println();
    out.println("Try, in another terminal:");
    out.println("  " + command + " request echo '{\"hello\":\"world\"}' --url "
      + nodes.get(0).url());
    out.println("  curl -s -X POST " + nodes.get(1).url() + "/api/v1/exchanges/time/request");
    out.println("  " + command + " subscribe prices 'fx.#' --url " + nodes.get(2).url());
    out.println();
    out.println("See a node die and come back: kill -9 " + nodes.get(1).pid() + " (it is"
      + " started again after " + RESTART_DELAY_SECONDS + " s). Ctrl-C stops all three.");
  }

  private void watch(DemoNode node, DemoNode.Run run, RestartBudget budget) {
    run.exit().thenAccept(code -> {
      synchronized (this) {
        if (stopping) {
          return;
        }
        if (!budget.take(Instant.now())) {
          terminal.complain(node.name() + " died " + (MAX_RESTARTS + 1) + " times within "
            + PlainText.duration(RESTART_PERIOD) + " and is left down; its log: " + node.log());
          return;
        }
        terminal.out().println(node.name() + " died (exit code " + code + "); it is started"
          + " again in " + RESTART_DELAY_SECONDS + " s");
        restarts.schedule(() -> restart(node, budget), RESTART_DELAY_SECONDS, TimeUnit.SECONDS);
      }
    });
  }

  private synchronized void restart(DemoNode node, RestartBudget budget) {
    if (stopping) {
      return;
    }
    try {
      var run = node.start();
      run.ready().thenAccept(line -> terminal.out().println(
        node.name() + " is back, pid " + node.pid() + ": " + line));
      watch(node, run, budget);
    } catch (IOException broken) {
      terminal.complain("cannot start " + node.name() + " again: " + broken.getMessage());
    }
  }
}

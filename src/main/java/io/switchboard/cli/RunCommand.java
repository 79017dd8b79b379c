package io.switchboard.cli;

import io.switchboard.node.Node;
import io.switchboard.node.NodeOptions;
import io.switchboard.options.InvalidOption;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run",
  header = "Runs one node in the foreground, until Ctrl-C.",
  description = {
    "Without flags, further nodes on this machine take the next free ports and join the first.",
    "Once the node serves, one line on standard output says READY http=URL node=NAME members=N;",
    "the log goes to standard error.",
    "",
    "Any key of the configuration can be set, in this order of precedence: a flag; an environment",
    "variable (http.bodyLimit is SWITCHBOARD_HTTP_BODY_LIMIT); the file. To listen where other",
    "machines can reach it, a node needs http.token and cluster.trustNetwork=true."},
  footer = {"", "Examples:",
    "  switchboard run",
    "  switchboard run --name alpha --http-port 0 --cluster-port 0",
    "  switchboard run --set http.bodyLimit=4MiB --set exchanges.orders.kind=request",
    "  SWITCHBOARD_HTTP_TOKEN=secret switchboard run --host 10.0.0.7 --join 10.0.0.5:5701 \\",
    "    --set cluster.trustNetwork=true"})
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final int STOP_LIMIT_SECONDS = 15;

  private final Terminal terminal;

  @Option(names = "--conf", paramLabel = "FILE",
    description = "The configuration (default: conf/switchboard.yaml, if there is one).")
  private Path file;

  @Mixin
  private RunFlags flags;

  @Option(names = "--exit-with-parent", hidden = true,
    description = "Stop when standard input ends.")
  private boolean exitWithParent;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var configuration = Configuration.read(
      NodeOptions.SECTIONS, file, terminal.environment(), flags);
    var options = NodeOptions.from(configuration);
    if (exitWithParent) {
      exitAtEndOfInput();
    }
    var launch = Node.launch(options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launch), "stop"));
    try {
      var node = await(launch);
      terminal.out().println("READY http=" + node.httpUrl() + " node=" + node.name()
        + " members=" + node.memberCount());
      await(node.closed());
      return 0;
    } catch (ExecutionException failure) {
      throw explain(launch, failure.getCause());
    }
  }

  private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private static RuntimeException explain(Future<Node> launch, Throwable cause) {
    if (cause instanceof InvalidOption invalid) {
      return invalid;
    }
    var reason = (cause.getMessage() == null ? cause.toString() : cause.getMessage())
      .replaceFirst("\\.$", "");
    if (launch.succeeded()) {
      return CommandFailure.failed("the node ended: " + reason);
    }
    LOG.debug("The node did not start", cause);
    return CommandFailure.failed("the node did not start: " + reason
      + (isPortTaken(cause) ? "; choose another with --http-port or --cluster-port" : ""));
  }

  private static boolean isPortTaken(Throwable failure) {
    return failure instanceof BindException
      || failure != null && isPortTaken(failure.getCause());
  }

  /** Runs while the process ends: a node that serves leaves the cluster in good order. */
  private static void stop(Future<Node> launch) {
    if (!launch.succeeded() || launch.result().closed().isComplete()) {
      return;
    }
    try {
      launch.result().stop().toCompletionStage().toCompletableFuture()
        .get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      LOG.warn("The node did not stop within {} s and is cut off", STOP_LIMIT_SECONDS);
    } catch (ExecutionException failure) {
      LOG.warn("The node did not stop in good order", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The parent holds the other end of the pipe: it closes however the parent dies. */
  private void exitAtEndOfInput() {
    var watch = new Thread(() -> {
      try {
        terminal.in().transferTo(OutputStream.nullOutputStream());
      } catch (IOException broken) {
        LOG.debug("Standard input broke", broken);
      }
      LOG.info("The process that started this node has ended; so does the node");
      System.exit(0);
    }, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}

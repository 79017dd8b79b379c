package io.switchboard.cli;

import io.switchboard.bench.FarNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The other process of {@code bench}; ends with the one that started it. */
@Command(name = "bench-node", hidden = true, description = "The other node of a measurement.")
final class BenchNodeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "CLUSTER")
  private String cluster;

  @Parameters(index = "1", paramLabel = "HOST:PORT")
  private String join;

  BenchNodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    FarNode.start(cluster, join).toCompletionStage().toCompletableFuture().get();
    terminal.out().println("READY");
    terminal.in().transferTo(OutputStream.nullOutputStream());
    return 0;
  }
}

package io.switchboard.cli;

import io.switchboard.bench.FarNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Another process of {@code bench}; ends with the one that started it. */
@Command(name = "bench-node", hidden = true, description = "Another node of a measurement.")
final class BenchNodeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "CLUSTER")
  private String cluster;

  @Parameters(index = "1", paramLabel = "HOST:PORT")
  private String join;

  @Parameters(index = "2", paramLabel = "NUMBER")
  private int number;

  @Parameters(index = "3", paramLabel = "LINK")
  private String link;

  BenchNodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    FarNode.start(cluster, join, number, link).toCompletionStage().toCompletableFuture().get();
    terminal.out().println("READY");
    terminal.in().transferTo(OutputStream.nullOutputStream());
    return 0;
  }
}

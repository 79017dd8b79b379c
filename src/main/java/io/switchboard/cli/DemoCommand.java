package io.switchboard.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo",
  header = "Starts three nodes on this machine, with the sample verticles.",
  description = {
    "Three processes; what it prints says where the console is and what to try. Runs until Ctrl-C,",
    "then stops all three. A node that dies starts again after 3 seconds: kill one and watch it",
    "come back. Ports that others use are stepped around; the cluster has a name of its own."},
  footer = {"", "Examples:",
    "  switchboard demo",
    "  switchboard request time --url http://127.0.0.1:8081    (in another terminal)"})
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      var demo = new Demo(terminal, DemoFolder.create());
      Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop"));
      demo.start();
      demo.awaitStop();
      return 0;
    } catch (IOException broken) {
      throw CommandFailure.failed("the demo cannot write its files or start its processes: "
        + broken.getMessage());
    }
  }
}

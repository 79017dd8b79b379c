package io.switchboard.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "forget",
  header = "Says that a lost node will not come back.",
  description = {
    "Where most of the nodes are needed to take tasks or to collect, it counts no more. Every",
    "node in reach is told. A node that left in order needs no forgetting; one that is in reach",
    "is refused."},
  footer = {"", "Examples:",
    "  switchboard forget node-3"})
final class ForgetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(index = "0", paramLabel = "NODE", description = "The name of the lost node.")
  private String node;

  ForgetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var answer = api.client(terminal).send("POST",
      "/api/v1/nodes/" + ApiClient.escaped(node) + "/forget", Payload.NONE, Map.of(),
      ApiClient.PATIENCE);
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println("forgotten");
    }
    return 0;
  }
}

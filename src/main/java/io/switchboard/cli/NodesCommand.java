package io.switchboard.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "nodes",
  header = "Lists the nodes of the cluster.",
  description = {
    "The node that was asked is marked with *. A silent node has not been heard of lately; a gone",
    "one was lost in the last hour."},
  footer = {"", "Examples:",
    "  switchboard nodes",
    "  switchboard nodes --all --url http://127.0.0.1:8081",
    "  switchboard nodes --json | jq -r '.[].http'"})
final class NodesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Option(names = "--all", description = "Also those lost in the last hour.")
  private boolean all;

  NodesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var answer = api.client(terminal).get("/api/v1/nodes" + (all ? "?all=true" : ""));
    var nodes = answer.array();
    if (api.json()) {
      answer.printJson(terminal.out());
      return 0;
    }
    var table = new Table("NAME", "STATE", "ADDRESS", "HTTP", "VERSION", "UPTIME");
    for (var node : ApiOptions.objects(nodes)) {
      var mark = Boolean.TRUE.equals(node.getValue("self")) ? " *" : "";
      table.row(node.getValue("name") + mark, node.getValue("state"), node.getValue("address"),
        node.getValue("http"), node.getValue("version"),
        node.getValue("uptimeMs") instanceof Number uptime
          ? PlainText.duration(Duration.ofMillis(uptime.longValue())) : null);
    }
    table.print(terminal.out());
    return 0;
  }
}

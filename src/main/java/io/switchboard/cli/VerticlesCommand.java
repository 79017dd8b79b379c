package io.switchboard.cli;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "verticles",
  header = "Lists the verticles that the nodes have deployed.",
  description = "Where one has failed, the reason stands below.",
  footer = {"", "Examples:",
    "  switchboard verticles",
    "  switchboard verticles --json | jq '.[] | select(.state == \"failed\")'"})
final class VerticlesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  VerticlesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var answer = api.client(terminal).get("/api/v1/verticles");
    var verticles = answer.array();
    if (api.json()) {
      answer.printJson(terminal.out());
    } else if (verticles.isEmpty()) {
      terminal.out().println("No verticle is deployed; put a jar or a .java file into a node's"
        + " verticles directory.");
    } else {
      var table = new Table(
        "NAME", "NODE", "STATE", "INSTANCES", "THREADING", "DEPLOYED", "FILE");
      ApiOptions.objects(verticles).forEach(verticle -> table.row(verticle.getValue("name"),
        verticle.getValue("node"), verticle.getValue("state"), verticle.getValue("instances"),
        verticle.getValue("threading"), age(verticle), verticle.getValue("file")));
      table.print(terminal.out());
      ApiOptions.objects(verticles).stream()
        .filter(verticle -> verticle.getValue("error") != null)
        .forEach(verticle -> terminal.out().println(PlainText.line(verticle.getValue("name")
          + " on " + verticle.getValue("node") + ": " + verticle.getValue("error"))));
    }
    return 0;
  }

  private static String age(JsonObject verticle) {
    if (verticle.getValue("deployedAt") == null) {
      return null;
    }
    var written = String.valueOf(verticle.getValue("deployedAt"));
    try {
      return PlainText.duration(Duration.between(Instant.parse(written), Instant.now())) + " ago";
    } catch (DateTimeParseException otherForm) {
      return written;
    }
  }
}

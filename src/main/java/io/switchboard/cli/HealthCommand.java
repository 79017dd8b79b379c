package io.switchboard.cli;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "health",
  header = "Tells whether a node is ready to serve, check by check.",
  description = "Exit code 0 when it is, 1 when it is not or does not answer.",
  footer = {"", "Examples:",
    "  switchboard health",
    "  switchboard health --url http://127.0.0.1:8081 --json",
    "  until switchboard health > /dev/null 2>&1; do sleep 1; done"})
final class HealthCommand implements Callable<Integer> {
  private static final int READY = 200;
  private static final int READY_WITHOUT_CHECKS = 204;
  private static final int NOT_READY = 503;

  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  HealthCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var answer = api.client(terminal).getAnyStatus("/health/ready");
    boolean ready = answer.status() == READY || answer.status() == READY_WITHOUT_CHECKS;
    if (!ready && answer.status() != NOT_READY) {
      throw Refusal.of(answer);
    }
    var report = answer.status() == READY_WITHOUT_CHECKS ? new JsonObject() : answer.object();
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println(ready ? "ready" : "not ready");
      var table = new Table("CHECK", "STATE", "DETAIL");
      addChecks(table, "", report);
      if (!table.isEmpty()) {
        table.print(terminal.out());
      }
    }
    if (!ready) {
      throw CommandFailure.failed("the node at " + answer.url() + " is not ready");
    }
    return 0;
  }

  private static void addChecks(Table table, String group, JsonObject report) {
    for (var check : ApiOptions.objects(report.getJsonArray("checks"))) {
      var name = group + check.getValue("id");
      table.row(name, check.getValue("status"),
        check.getValue("data") == null ? "" : check.getValue("data"));
      addChecks(table, name + ".", check);
    }
  }
}

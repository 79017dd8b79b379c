package io.switchboard.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks everybody. */
@Command(name = "survey",
  header = "Asks all workers of an exchange and prints who replied what, and who did not.",
  description = "It ends when all have replied, when enough have, or at the deadline.",
  footer = {"", "Examples:",
    "  switchboard survey time",
    "  switchboard survey time --deadline 200ms",
    "  switchboard survey echo '{\"hello\":\"all\"}' --enough 2 --json"})
final class SurveyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private Outgoing message;

  @Option(names = "--enough", paramLabel = "N",
    description = "End with so many replies (default: all).")
  private Integer enough;

  SurveyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (enough != null && enough < 1) {
      throw CommandFailure.wrongUsage("--enough: must be at least 1, is " + enough);
    }
    var answer = message.post(terminal,
      enough == null ? "survey" : "survey?enough=" + enough);
    if (message.json()) {
      answer.printJson(terminal.out());
    } else {
      print(answer.object());
    }
    return 0;
  }

  private void print(JsonObject survey) {
    var table = new Table("NODE", "WORKER", "ANSWER");
    for (var reply : ApiOptions.objects(survey.getJsonArray("replies"))) {
      var value = reply.getValue("body");
      row(table, reply, value instanceof String text ? text : Json.encode(value));
    }
    for (var list : new String[] {"failures", "missing"}) {
      for (var worker : ApiOptions.objects(survey.getJsonArray(list))) {
        row(table, worker, worker.getValue("code") + ": " + worker.getValue("message"));
      }
    }
    table.print(terminal.out());
  }

  private static void row(Table table, JsonObject worker, String answer) {
    table.row(worker.getValue("node"), String.valueOf(worker.getValue("worker")), answer);
  }
}

package io.switchboard.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a task exchange, one of its tasks, or its dead letters. */
@Command(name = "tasks",
  header = "Shows how a task exchange stands, one of its tasks, or its dead letters.",
  footer = {"", "Examples:",
    "  switchboard tasks reports",
    "  switchboard tasks reports 5f3c9a01d2e4b678-1",
    "  switchboard tasks reports --dead",
    "  switchboard tasks reports --requeue 5f3c9a01d2e4b678-1"})
final class TasksCommand implements Callable<Integer> {
  private static final int LONGEST_BODY = 60;

  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind task.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "One task's id.")
  private String task;

  @ArgGroup
  private Letters letters = new Letters();

  /** What is to be done with dead letters. */
  static final class Letters {
    @Option(names = "--dead", description = "Shows the dead letters, and why each died.")
    private boolean dead;

    @Option(names = "--requeue", paramLabel = "TASK",
      description = "Hands a dead letter out again, its attempts counted anew.")
    private String requeue;

    @Option(names = "--drop", paramLabel = "TASK", description = "Takes a dead letter away.")
    private String drop;
  }

  TasksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var path = "/api/v1/exchanges/" + ApiClient.escaped(exchange);
    if (letters.requeue != null) {
      return change("POST", path + "/dead/" + ApiClient.escaped(letters.requeue) + "/requeue",
        letters.requeue + " is handed out again");
    }
    if (letters.drop != null) {
      return change("DELETE", path + "/dead/" + ApiClient.escaped(letters.drop),
        letters.drop + " is gone");
    }
    var answer = api.client(terminal).get(letters.dead ? path + "/dead"
      : task == null ? path + "/tasks" : path + "/tasks/" + ApiClient.escaped(task));
    if (api.json()) {
      answer.printJson(terminal.out());
    } else if (letters.dead) {
      printDead(answer);
    } else {
      printFields(answer.object());
    }
    return 0;
  }

  private int change(String method, String path, String done) {
    var answer = api.client(terminal).send(
      method, path, Payload.NONE, Map.of(), ApiClient.PATIENCE);
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println(done);
    }
    return 0;
  }

  private void printFields(JsonObject shown) {
    for (var field : shown.fieldNames()) {
      var value = shown.getValue(field);
      if (value != null) {
        terminal.out().printf("%-12s %s%n", field, PlainText.line(value));
      }
    }
  }

  private void printDead(Answer answer) {
    var table = new Table("TASK", "ATTEMPTS", "BODY", "LAST REASON");
    for (var letter : ApiOptions.objects(answer.array())) {
      var reasons = letter.getJsonArray("reasons");
      var body = letter.getBoolean("leftOut", false)
        ? "(" + PlainText.count(letter.getInteger("bytes")) + " bytes)"
        : PlainText.line(Json.encode(letter.getValue("body")));
      table.row(letter.getString("id"), letter.getValue("attempts"),
        body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) + "…" : body,
        reasons.isEmpty() ? "" : PlainText.line(reasons.getString(reasons.size() - 1)));
    }
    table.print(terminal.out());
  }
}

package io.switchboard.cli;

import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "monitor",
  header = "Tells when an exchange goes down, and why, and when it is back, until Ctrl-C.",
  description = {
    "Down means that nobody is attached to it any more; each change is told once. When it is",
    "down at the start, that is told first. With --json, one object a line."},
  footer = {"", "Examples:",
    "  switchboard monitor time",
    "  switchboard monitor time --count 1 --json | jq .reason"})
final class MonitorCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of any kind.")
  private String exchange;

  @Mixin
  private FollowOptions following;

  MonitorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    var path = "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/monitor";
    return following.follow(terminal, client, path, "ask again", event -> {
      print(event.type(), event.object(client));
      return true;
    });
  }

  private void print(String type, JsonObject change) {
    if (api.json()) {
      terminal.out().println(
        PlainText.line(new JsonObject().put("change", type).mergeIn(change).encode()));
    } else {
      terminal.out().println(LocalTime.now().format(TIME) + "  "
        + PlainText.line(type.equals("up") ? "up    " + change.getString("detail")
          : type + "  " + change.getString("reason") + ": " + change.getString("detail")));
    }
  }
}

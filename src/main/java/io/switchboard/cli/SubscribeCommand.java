package io.switchboard.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "subscribe",
  header = "Prints the events of a topic as they happen, until Ctrl-C.",
  description = {
    "In PATTERN a * stands for one word and a # for any words. What was lost because this client",
    "was too slow is told on standard error; with --json as {\"gap\":N} among the events. When the",
    "node ends the stream, so does the command, with exit code 1."},
  footer = {"", "Examples:",
    "  switchboard subscribe prices",
    "  switchboard subscribe prices 'fx.*.usd' --count 10",
    "  switchboard subscribe prices 'metal.#' --json | jq .body",
    "  switchboard subscribe prices --group desk --where region:eu",
    "  switchboard subscribe prices 'fx.#' --retained"})
final class SubscribeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind topic.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "PATTERN", defaultValue = "#",
    description = "Which keys (default: ${DEFAULT-VALUE}, all of them).")
  private String pattern;

  @Mixin
  private FollowOptions following;

  @Option(names = "--group", paramLabel = "NAME",
    description = "Share the events with all who subscribe in this group: each goes to one.")
  private String group;

  @Option(names = "--retained", description = "Begin with the last value of each key, where the "
    + "topic is declared with retain.")
  private boolean retained;

  @Option(names = "--where", paramLabel = "NAME[:VALUE]", split = ",",
    description = "Only events whose header NAME is VALUE, or is there; all given must hold.")
  private List<String> where = List.of();

  SubscribeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    return following.follow(terminal, client, path(), "subscribe again", event -> {
      boolean isGap = event.type().equals("gap");
      if (isGap) {
        printGap(event.object(client));
      } else {
        print(event, client);
      }
      return !isGap;
    });
  }

  private String path() {
    return "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/subscribe?key="
      + ApiClient.escaped(pattern)
      + (group == null ? "" : "&group=" + ApiClient.escaped(group))
      + (retained ? "&retained=true" : "")
      + (where.isEmpty() ? "" : "&where=" + ApiClient.escaped(String.join(",", where)));
  }

  private void print(ServerSentEvents.Event told, ApiClient client) {
    if (api.json()) {
      terminal.out().println(PlainText.line(told.data()));
      return;
    }
    var time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var event = told.object(client);
    var body = event.getValue("body");
    terminal.out().println((time.length() == 5 ? time + ":00" : time) + "  "
      + PlainText.line(event.getValue("key")) + "  "
      + PlainText.line(body instanceof String text ? text : Json.encode(body)));
  }

  private void printGap(JsonObject gap) {
    var lost = gap.getValue("lost", gap.getValue("count"));
    if (api.json()) {
      terminal.out().println(new JsonObject().put("gap", lost).encode());
    } else {
      terminal.complain("gap: " + lost + " events were lost, this client was too slow");
    }
  }
}

package io.switchboard.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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

  @Option(names = "--count", paramLabel = "N", description = "Stop after so many events.")
  private Long count;

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
    if (count != null && count < 1) {
      throw CommandFailure.wrongUsage("--count: must be at least 1, is " + count);
    }
    var client = api.client(terminal);
    try (var stream = client.open(path())) {
      return follow(new ServerSentEvents(stream));
    } catch (IOException broken) {
      throw client.broken(broken);
    }
  }

  private String path() {
    return "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/subscribe?key="
      + ApiClient.escaped(pattern)
      + (group == null ? "" : "&group=" + ApiClient.escaped(group))
      + (retained ? "&retained=true" : "")
      + (where.isEmpty() ? "" : "&where=" + ApiClient.escaped(String.join(",", where)));
  }

  private int follow(ServerSentEvents events) throws IOException {
    long seen = 0;
    while (count == null || seen < count) {
      var event = events.next().orElseThrow(() -> CommandFailure.failed(
        "NODE_DOWN: the node ended the stream; subscribe again, here or at another node"));
      if (event.type().equals("gap")) {
        printGap(event.data());
      } else {
        print(event.data());
        seen++;
      }
      if (terminal.out().checkError()) {
        return 0;
      }
    }
    return 0;
  }

  private void print(String data) {
    if (api.json()) {
      terminal.out().println(PlainText.line(data));
      return;
    }
    var time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var event = object(data);
    var body = event.getValue("body");
    terminal.out().println((time.length() == 5 ? time + ":00" : time) + "  "
      + PlainText.line(event.getValue("key")) + "  "
      + PlainText.line(body instanceof String text ? text : Json.encode(body)));
  }

  private void printGap(String data) {
    var gap = object(data);
    var lost = gap.getValue("lost", gap.getValue("count"));
    if (api.json()) {
      terminal.out().println(new JsonObject().put("gap", lost).encode());
    } else {
      terminal.complain("gap: " + lost + " events were lost, this client was too slow");
    }
  }

  private JsonObject object(String data) {
    try {
      return new JsonObject(data);
    } catch (DecodeException malformed) {
      throw CommandFailure.failed("what answers at " + api.url()
        + " sends events that are not Switchboard's: " + data);
    }
  }
}

package io.switchboard.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Option(names = "--count", paramLabel = "N", description = "Stop after so many changes.")
  private Long count;

  MonitorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (count != null && count < 1) {
      throw CommandFailure.wrongUsage("--count: must be at least 1, is " + count);
    }
    var client = api.client(terminal);
    var path = "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/monitor";
    try (var stream = client.open(path)) {
      return follow(new ServerSentEvents(stream));
    } catch (IOException broken) {
      throw client.broken(broken);
    }
  }

  private int follow(ServerSentEvents events) throws IOException {
    for (long seen = 0; count == null || seen < count; seen++) {
      var event = events.next().orElseThrow(() -> CommandFailure.failed(
        "NODE_DOWN: the node ended the stream; ask again, here or at another node"));
      print(event.type(), change(event.data()));
      if (terminal.out().checkError()) {
        return 0;
      }
    }
    return 0;
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

  private JsonObject change(String data) {
    try {
      return new JsonObject(data);
    } catch (DecodeException malformed) {
      throw CommandFailure.failed("what answers at " + api.url()
        + " sends events that are not Switchboard's: " + data);
    }
  }
}

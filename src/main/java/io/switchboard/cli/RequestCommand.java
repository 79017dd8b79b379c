package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "request",
  header = "Sends a request to one worker and prints its reply.",
  description = "What parses as JSON is sent as JSON, other text as text, the rest as bytes.",
  footer = {"", "Examples:",
    "  switchboard request echo '{\"hello\":\"world\"}'",
    "  switchboard request time --deadline 500ms --json",
    "  switchboard request echo @photo.png > same.png",
    "  date | switchboard request echo"})
final class RequestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private Outgoing message;

  RequestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var answer = message.post(terminal, "request");
    if (message.json()) {
      answer.printJson(terminal.out());
    } else {
      answer.print(terminal.out());
    }
    return 0;
  }
}

package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "emit",
  header = "Emits an entry to the active collector.",
  description = "Done once it is in the node's buffer, where it waits while nobody collects.",
  footer = {"", "Examples:",
    "  switchboard emit audit '{\"user\":\"ann\",\"did\":\"login\"}'",
    "  switchboard emit audit @entry.json",
    "  echo hello | switchboard emit audit"})
final class EmitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind collect.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "BODY",
    description = "The body, @FILE, or - for standard input (default: what is piped in).")
  private String body;

  EmitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    var headers = message.httpHeaders();
    var answer = client.send("POST",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/emit",
      Payload.of(body, terminal), headers, message.patience());
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println("emitted to " + exchange);
    }
    return 0;
  }
}

package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind request.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "BODY",
    description = "The body, @FILE, or - for standard input (default: what is piped in).")
  private String body;

  RequestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    var headers = message.httpHeaders();
    var answer = client.send("POST",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/request",
      Payload.of(body, terminal), headers, message.patience());
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      answer.print(terminal.out());
    }
    return 0;
  }
}

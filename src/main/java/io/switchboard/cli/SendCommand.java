package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "send",
  header = "Sends a one-way message to one worker.",
  description = "Nothing comes back; it is refused like a request when nobody is there.",
  footer = {"", "Examples:",
    "  switchboard send jobs '{\"order\":17}'",
    "  switchboard send jobs @order.json --key customer-7",
    "  echo hello | switchboard send jobs"})
final class SendCommand implements Callable<Integer> {
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

  SendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    var headers = message.httpHeaders();
    var answer = client.send("POST",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/send",
      Payload.of(body, terminal), headers, message.patience());
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println("sent to one worker of " + exchange);
    }
    return 0;
  }
}

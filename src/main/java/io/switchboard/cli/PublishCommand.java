package io.switchboard.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "publish",
  header = "Publishes an event to the subscribers of a topic.",
  description = {
    "Every subscriber whose pattern matches the key gets it once. The key is words joined by dots;",
    "it may also be given with --key, and then the body comes right after EXCHANGE."},
  footer = {"", "Examples:",
    "  switchboard publish prices fx.eur.usd '{\"bid\":1.0851}'",
    "  switchboard publish prices --key metal.gold 2380.5",
    "  switchboard publish news weather.rain @report.txt"})
final class PublishCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind topic.")
  private String exchange;

  @Parameters(index = "1..*", arity = "0..2", paramLabel = "[KEY] [BODY]",
    hideParamSyntax = true,
    description = "The routing key, unless --key gives it, and the body: itself, @FILE, or -"
      + " for standard input (default: what is piped in).")
  private List<String> keyAndBody = List.of();

  PublishCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int keys = message.key() == null ? 1 : 0;
    if (keyAndBody.size() > keys + 1) {
      throw CommandFailure.wrongUsage(
        "too many arguments: '" + keyAndBody.get(keys + 1) + "'; quote a body with spaces");
    }
    var headers = message.httpHeaders();
    if (keys == 1 && !keyAndBody.isEmpty()) {
      headers.put("Switchboard-Key", keyAndBody.get(0));
    }
    var body = keyAndBody.size() > keys ? keyAndBody.get(keys) : null;
    var answer = api.client(terminal).send("POST",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/publish",
      Payload.of(body, terminal), headers, message.patience());
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println("published to " + exchange);
    }
    return 0;
  }
}

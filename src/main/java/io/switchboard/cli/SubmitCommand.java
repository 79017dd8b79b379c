package io.switchboard.cli;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands work over for later. */
@Command(name = "submit",
  header = "Submits a task and prints its id once it is stored safely.",
  description = {
    "Tasks of one --key are handed out one at a time, in order. Submitting again with the same",
    "--idempotency-key within ten minutes gives the same task."},
  footer = {"", "Examples:",
    "  switchboard submit reports '{\"month\":\"2026-11\"}'",
    "  switchboard submit reports --priority 9 --delay 5m @order.json",
    "  switchboard submit reports '{\"fail\":2}' --key customer-7"})
final class SubmitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Option(names = "--priority", paramLabel = "0-9",
    description = "Higher ones are handed out first (default: 4).")
  private Integer priority;

  @Option(names = "--delay", paramLabel = "TIME",
    description = "Handed out no sooner than after this time: 250ms, 5m (default: at once).")
  private String delay;

  @Option(names = "--ttl", paramLabel = "TIME",
    description = "A dead letter if it still waits after this time (default: never).")
  private String ttl;

  @Option(names = "--idempotency-key", paramLabel = "KEY",
    description = "The same key within ten minutes gives the same task.")
  private String idempotencyKey;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind task.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "BODY",
    description = "The body, @FILE, or - for standard input (default: what is piped in).")
  private String body;

  SubmitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var headers = message.httpHeaders();
    if (priority != null) {
      headers.put("Switchboard-Priority", priority.toString());
    }
    if (idempotencyKey != null) {
      headers.put("Idempotency-Key", idempotencyKey);
    }
    var answer = api.client(terminal).send("POST",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/tasks" + query(),
      Payload.of(body, terminal), headers, message.patience());
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println("submitted " + answer.object().getString("id"));
    }
    return 0;
  }

  private String query() {
    var parameters = new ArrayList<String>();
    if (delay != null) {
      parameters.add("delayMs=" + MessageOptions.millis("--delay", delay));
    }
    if (ttl != null) {
      parameters.add("ttlMs=" + MessageOptions.millis("--ttl", ttl));
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }
}

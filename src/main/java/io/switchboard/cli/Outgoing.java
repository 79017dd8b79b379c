package io.switchboard.cli;

import java.io.InputStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every command takes that sends a message to an exchange, and the way to the node. */
final class Outgoing {
  @Mixin
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "The exchange's name.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "BODY",
    description = "The body, @FILE, or - for standard input (default: what is piped in).")
  private String body;

  String exchange() {
    return exchange;
  }

  boolean json() {
    return api.json();
  }

  ApiClient client(Terminal terminal) {
    return api.client(terminal);
  }

  /** The node's answer to the operation, such as {@code send}; with a query, if it has one. */
  Answer post(Terminal terminal, String operation) {
    return client(terminal).send("POST", path(operation), Payload.of(body, terminal),
      message.httpHeaders(), message.patience());
  }

  /** An open stream of server-sent events that answers the operation; the caller closes it. */
  InputStream open(Terminal terminal, String operation) {
    return client(terminal).open("POST", path(operation), Payload.of(body, terminal),
      message.httpHeaders(), message.patience());
  }

  /** For an operation that answers nothing: prints that it is done. */
  void tell(Terminal terminal, String operation, String done) {
    var answer = post(terminal, operation);
    if (json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println(done + exchange);
    }
  }

  private String path(String operation) {
    return "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/" + operation;
  }
}

package io.switchboard.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds a dialogue. */
@Command(name = "converse",
  header = "Sends a request to one worker that may ask back, and answers from standard input.",
  description = {
    "Each question is printed; the next line of standard input is its answer. The end of the",
    "input ends the dialogue. The last answer of the worker is printed like a reply."},
  footer = {"", "Examples:",
    "  switchboard converse quiz",
    "  printf '41\\n42\\n' | switchboard converse quiz"})
final class ConverseCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Mixin
  private MessageOptions message;

  @Parameters(index = "0", paramLabel = "EXCHANGE", description = "An exchange of kind request.")
  private String exchange;

  @Parameters(index = "1", arity = "0..1", paramLabel = "BODY",
    description = "The first question's body, or @FILE (default: none).")
  private String body;

  ConverseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client(terminal);
    var first = body == null ? Payload.NONE : Payload.of(body, terminal);
    var answers = new BufferedReader(
      new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    try (var stream = client.open(
      "POST", path(), first, message.httpHeaders(), message.patience())) {
      return follow(client, new ServerSentEvents(stream), answers);
    } catch (IOException broken) {
      throw client.broken(broken);
    }
  }

  private String path() {
    return "/api/v1/exchanges/" + ApiClient.escaped(exchange) + "/converse";
  }

  private int follow(ApiClient client, ServerSentEvents events, BufferedReader answers)
    throws IOException {
    while (true) {
      var event = events.next().orElseThrow(() -> CommandFailure.failed(
        "NODE_DOWN: the node broke the dialogue off"));
      var data = event.object(client);
      switch (event.type()) {
        case "reply" -> {
          print(data.getValue("body"));
          return 0;
        }
        case "error" -> throw Refusal.of(data);
        default -> answer(client, data, answers);
      }
    }
  }

  private void answer(ApiClient client, JsonObject question, BufferedReader answers)
    throws IOException {
    print(question.getValue("body"));
    var path = path() + "/" + ApiClient.escaped(question.getString("dialogue", ""));
    var line = answers.readLine();
    if (line == null) {
      client.send("DELETE", path, Payload.NONE, Map.of(), ApiClient.PATIENCE);
      return;
    }
    client.send("POST", path, Payload.ofText(line), Map.of(), ApiClient.PATIENCE);
  }

  private void print(Object value) {
    terminal.out().println(api.json() || !(value instanceof String text)
      ? Json.encode(value) : PlainText.block(text));
    terminal.out().flush();
  }
}

package io.switchboard.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints an answer in chunks. */
@Command(name = "stream",
  header = "Sends a request to one worker and prints its answer in chunks, as they come.",
  description = {
    "Each chunk of text or JSON is a line; bytes are written as they are, one after another.",
    "The worker waits for what prints. --deadline is for the whole stream; without it the stream",
    "may take as long as it moves."},
  footer = {"", "Examples:",
    "  switchboard stream count '{\"to\": 5}'",
    "  switchboard stream files photo.png > photo.png",
    "  switchboard stream count '{\"to\": 1000000}' | head -3"})
final class StreamCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private Outgoing message;

  StreamCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = message.client(terminal);
    try (var stream = message.open(terminal, "stream")) {
      return follow(client, new ServerSentEvents(stream));
    } catch (IOException broken) {
      throw client.broken(broken);
    }
  }

  private int follow(ApiClient client, ServerSentEvents events) throws IOException {
    while (!terminal.out().checkError()) {
      var event = events.next().orElseThrow(() -> CommandFailure.failed(
        "NODE_DOWN: the node broke the stream off"));
      switch (event.type()) {
        case "end" -> {
          return 0;
        }
        case "error" -> throw Refusal.of(event.object(client));
        default -> print(event.object(client).getValue("body"));
      }
    }
    return 0;
  }

  private void print(Object chunk) throws IOException {
    var out = terminal.out();
    if (message.json()) {
      out.println(Json.encode(chunk));
    } else if (chunk instanceof JsonObject object && object.size() == 1
      && object.containsKey("bytes")) {
      out.write(object.getBinary("bytes"));
      out.flush();
    } else {
      out.println(PlainText.block(chunk instanceof String text ? text : Json.encode(chunk)));
    }
  }
}

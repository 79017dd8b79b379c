package io.switchboard.cli;

import io.switchboard.options.NearestName;
import io.switchboard.routing.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "declare",
  header = "Declares an exchange in the whole cluster.",
  description = "Declaring it again in the same way does nothing; in another way it is a CONFLICT.",
  footer = {"", "Examples:",
    "  switchboard declare orders request",
    "  switchboard declare orders request --option balancer=least-loaded --option prefetch=16",
    "  switchboard declare prices topic"})
final class DeclareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(index = "0", paramLabel = "EXCHANGE",
    description = "Its name: 1 to 120 of A-Z a-z 0-9 . _ -")
  private String exchange;

  @Parameters(index = "1", paramLabel = "KIND", description = "request, topic, collect or task.")
  private String kind;

  @Option(names = "--option", paramLabel = "KEY=VALUE",
    description = "An option of the exchange; may be given more than once.")
  private Map<String, String> options = new LinkedHashMap<>();

  DeclareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var words = Arrays.stream(Kind.values()).map(Kind::word).toList();
    if (!words.contains(kind)) {
      throw CommandFailure.wrongUsage(
        "'" + kind + "' is no kind of exchange" + NearestName.hint(kind, words));
    }
    var document = new JsonObject();
    options.forEach((key, value) -> document.put(key, value(value)));
    document.put("kind", kind);
    var answer = api.client(terminal).send("PUT",
      "/api/v1/exchanges/" + ApiClient.escaped(exchange), Payload.json(document.encode()),
      Map.of(), ApiClient.PATIENCE);
    if (api.json()) {
      answer.printJson(terminal.out());
    } else {
      terminal.out().println(answer.status() == 201
        ? "declared " + exchange + " (" + kind + ")"
        : exchange + " (" + kind + ") was declared already");
    }
    return 0;
  }

  private static Object value(String text) {
    try {
      return Json.decodeValue(text);
    } catch (DecodeException notJson) {
      return text;
    }
  }
}

package io.switchboard.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command takes that talks to a node. */
final class ApiOptions {
  static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(names = "--url", paramLabel = "URL", defaultValue = DEFAULT_URL,
    description = "The address of any node of the cluster (default: ${DEFAULT-VALUE}).")
  private String url;

  @Option(names = "--token", paramLabel = "TOKEN",
    description = "The node's http.token (default: the variable SWITCHBOARD_HTTP_TOKEN).")
  private String token;

  @Option(names = "--json", description = "Print what the API answered, for programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  String url() {
    return url;
  }

  ApiClient client(Terminal terminal) {
    var secret = token == null ? terminal.environment().get("SWITCHBOARD_HTTP_TOKEN") : token;
    return new ApiClient(url, secret);
  }

  /** The objects of an array, in which anything else is left out. */
  static List<JsonObject> objects(JsonArray array) {
    return array == null ? List.of() : array.stream()
      .filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }
}

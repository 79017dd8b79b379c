package io.switchboard.cli;

import io.switchboard.options.InvalidOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What may travel with a message beside its body. */
final class MessageOptions {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final io.switchboard.options.Option<Duration> DURATION =
    io.switchboard.options.Option.duration("deadline", Duration.ofSeconds(10), "");

  @Option(names = "--deadline", paramLabel = "TIME",
    description = "How long it may take: 250ms, 2s (default: the exchange's own deadline).")
  private String deadline;

  @Option(names = "--key", paramLabel = "KEY",
    description = "The balancing key, or the routing key of an event.")
  private String key;

  @Option(names = "--header", paramLabel = "NAME=VALUE",
    description = "A header of the message; may be given more than once.")
  private Map<String, String> headers = new LinkedHashMap<>();

  String key() {
    return key;
  }

  /** As the HTTP API expects them. */
  Map<String, String> httpHeaders() {
    var http = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> http.put("Switchboard-Header-" + name, value));
    if (key != null) {
      http.put("Switchboard-Key", key);
    }
    if (deadline != null) {
      http.put("Switchboard-Deadline-Ms", String.valueOf(limit().toMillis()));
    }
    return http;
  }

  /** How long to wait for the node: a little more than it takes to miss the deadline. */
  Duration patience() {
    return deadline == null ? ApiClient.PATIENCE : limit().plus(GRACE);
  }

  private Duration limit() {
    return duration("--deadline", deadline);
  }

  /** A duration such as 250ms or 5m that stands behind an option of the command line. */
  static long millis(String option, String text) {
    return duration(option, text).toMillis();
  }

  private static Duration duration(String option, String text) {
    try {
      return DURATION.parser().apply(text);
    } catch (InvalidOption reason) {
      throw CommandFailure.wrongUsage(option + ": " + reason.getMessage());
    }
  }
}

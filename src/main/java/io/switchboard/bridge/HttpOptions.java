package io.switchboard.bridge;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The section {@code http}: how outside programs reach the node. */
public record HttpOptions(
  boolean enabled, int port, int instances, int bodyLimit, String webroot,
  List<String> allowedHosts, List<String> allowedOrigins, String token, int maxConnections,
  Duration idleTimeout, int streamBuffer, int streamBufferBytes, Duration streamHeartbeat,
  Duration stopTimeout) {

  public static final Option<Boolean> ENABLED = Option.flag("enabled", true,
    "Whether the node serves HTTP at all.");
  public static final Option<Integer> PORT = Option.number("port", 8080, 0, 65_535,
    "The port of HTTP, SSE and SockJS; 0 is any free one.");
  public static final Option<Integer> INSTANCES = Option.number("instances",
    VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, 1, 1_024,
    "How many event loops share the connections; the default is one on each.");
  public static final Option<Integer> BODY_LIMIT = Option.size("bodyLimit", 1 << 20,
    "The largest body of a request; a larger one is TOO_LARGE.");
  public static final Option<String> WEBROOT = Option.text("webroot", "webroot",
    "The directory of the console's files; those in the jar serve when it is absent.");
  public static final Option<List<String>> ALLOWED_HOSTS = Option.list("allowedHosts", List.of(),
    "Names, or name:port, by which the node may be addressed beside its own.");
  public static final Option<List<String>> ALLOWED_ORIGINS = Option.list("allowedOrigins",
    List.of(), "Origins such as https://example.org whose pages may use the node.");
  public static final Option<String> TOKEN = Option.text("token", "",
    "When set, the API and /eventbus ask for it as Authorization: Bearer (or ?token=).");
  public static final Option<Integer> MAX_CONNECTIONS = Option.number("maxConnections", 10_000,
    1, 1_000_000, "The most open connections; the node closes any further one at once.");
  public static final Option<Duration> IDLE_TIMEOUT = Option.duration("idleTimeout",
    Duration.ofSeconds(60), "A connection on which nothing is asked for so long is closed.");
  public static final Option<Integer> STREAM_BUFFER = Option.number("streamBuffer", 1_024,
    1, 1_000_000, "The most events that wait for one slow client; further ones are counted.");
  public static final Option<Integer> STREAM_BUFFER_BYTES = Option.size("streamBufferBytes",
    4 << 20, "The most bytes of events that wait for one slow client.");
  public static final Option<Duration> STREAM_HEARTBEAT = Option.duration("streamHeartbeat",
    Duration.ofSeconds(15), "How often a server-sent event stream shows that it lives.");
  public static final Option<Duration> STOP_TIMEOUT = Option.duration("stopTimeout",
    Duration.ofSeconds(5), "How long requests in hand may take when the node stops.");

  /** Everything above. */
  public static final OptionSet OPTIONS = new OptionSet("http", ENABLED, PORT, INSTANCES,
    BODY_LIMIT, WEBROOT, ALLOWED_HOSTS, ALLOWED_ORIGINS, TOKEN, MAX_CONNECTIONS, IDLE_TIMEOUT,
    STREAM_BUFFER, STREAM_BUFFER_BYTES, STREAM_HEARTBEAT, STOP_TIMEOUT);

  /** Reads the section; throws InvalidOption for what it cannot use. */
  public static HttpOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    return new HttpOptions(values.get(ENABLED), values.get(PORT), values.get(INSTANCES),
      values.get(BODY_LIMIT), values.get(WEBROOT), values.get(ALLOWED_HOSTS),
      values.get(ALLOWED_ORIGINS), values.get(TOKEN), values.get(MAX_CONNECTIONS),
      values.get(IDLE_TIMEOUT), values.get(STREAM_BUFFER), values.get(STREAM_BUFFER_BYTES),
      values.get(STREAM_HEARTBEAT), values.get(STOP_TIMEOUT));
  }

  /** The same, reachable by a further name as well: the one that the node advertises. */
  public HttpOptions alsoAllowing(String host) {
    var hosts = Stream.concat(allowedHosts.stream(), Stream.of(host)).toList();
    return new HttpOptions(enabled, port, instances, bodyLimit, webroot, hosts, allowedOrigins,
      token, maxConnections, idleTimeout, streamBuffer, streamBufferBytes, streamHeartbeat,
      stopTimeout);
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return "HttpOptions[port=" + port + ", webroot=" + webroot + "]";
  }
}

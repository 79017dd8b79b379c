package io.switchboard.bridge;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The section {@code bridge}: what browsers may do over SockJS.
 *
 * @param permitInbound  plain event-bus addresses to which clients may send and publish
 * @param permitOutbound plain event-bus addresses at which clients may listen
 */
public record BridgeOptions(
  Set<String> permitInbound, Set<String> permitOutbound, int frameLimit,
  int handlersPerSocket, int pendingPerSocket, int socketBuffer, Duration pingTimeout,
  Duration replyTimeout) {

  public static final Option<JsonObject> PERMIT = Option.object("permit",
    "Plain event-bus addresses open to clients: inbound to send to, outbound to listen at.");
  public static final Option<Integer> FRAME_LIMIT = Option.size("frameLimit", 64 << 10,
    "The largest message of a SockJS or WebSocket client.");
  public static final Option<Integer> HANDLERS_PER_SOCKET = Option.number("handlersPerSocket",
    1_000, 1, 100_000, "The most handlers that one socket registers.");
  public static final Option<Integer> PENDING_PER_SOCKET = Option.number("pendingPerSocket",
    1_000, 1, 100_000, "The most unfinished operations of one socket; more are OVERLOADED.");
  public static final Option<Integer> SOCKET_BUFFER = Option.size("socketBuffer", 1 << 20,
    "The most bytes that wait for one slow socket; further events are counted as lost.");
  public static final Option<Duration> PING_TIMEOUT = Option.duration("pingTimeout",
    Duration.ofSeconds(30), "A socket that is silent for so long is closed.");
  public static final Option<Duration> REPLY_TIMEOUT = Option.duration("replyTimeout",
    Duration.ofSeconds(30), "How long a request to a plain event-bus address may take.");

  /** The section's keys. */
  public static final OptionSet OPTIONS = new OptionSet("bridge", PERMIT, FRAME_LIMIT,
    HANDLERS_PER_SOCKET, PENDING_PER_SOCKET, SOCKET_BUFFER, PING_TIMEOUT, REPLY_TIMEOUT);

  public static final Option<List<String>> INBOUND = Option.list("inbound",
    List.of(), "Addresses to which clients may send and publish.");
  public static final Option<List<String>> OUTBOUND = Option.list("outbound",
    List.of(), "Addresses at which clients may listen.");

  /** The keys of {@code bridge.permit}. */
  public static final OptionSet PERMIT_OPTIONS =
    new OptionSet("bridge.permit", INBOUND, OUTBOUND);

  /** Reads the section; throws InvalidOption for what it cannot use. */
  public static BridgeOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    var permit = PERMIT_OPTIONS.read(values.get(PERMIT));
    return new BridgeOptions(Set.copyOf(permit.get(INBOUND)), Set.copyOf(permit.get(OUTBOUND)),
      values.get(FRAME_LIMIT), values.get(HANDLERS_PER_SOCKET), values.get(PENDING_PER_SOCKET),
      values.get(SOCKET_BUFFER), values.get(PING_TIMEOUT), values.get(REPLY_TIMEOUT));
  }
}

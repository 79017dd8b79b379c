package io.switchboard.exchange;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.switchboard.routing.Balancing;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How a request exchange behaves.
 *
 * @param balancer   picks a worker for each message
 * @param localFirst prefers workers of the sender's node while they have room
 * @param idempotent its work may be done twice, so that what was lost with a worker is repeated
 * @param deadline   how long a request may take that names no time of its own
 * @param prefetch   the most unanswered deliveries that a worker holds
 * @param mailbox    the most deliveries that wait for a worker beyond its prefetch
 */
public record RequestOptions(
  Balancing balancer, boolean localFirst, boolean idempotent, Duration deadline, int prefetch,
  int mailbox) {

  private static final Option<Balancing> BALANCER = Option.choice("balancer",
    Balancing.ROUND_ROBIN, "Picks a worker for each message.");
  private static final Option<Boolean> LOCAL_FIRST = Option.flag("localFirst", false,
    "Prefers workers of the sender's own node while they have room.");
  private static final Option<Boolean> IDEMPOTENT = Option.flag("idempotent", false,
    "Repeats a request whose worker was lost with it: its work may be done twice.");
  private static final Option<Duration> DEADLINE = Option.duration("deadline",
    Duration.ofSeconds(10), "How long a request may take that names no time of its own.");
  private static final Option<Integer> PREFETCH = Option.number("prefetch", 256, 1, 65_536,
    "The most unanswered deliveries that a worker holds.");
  private static final Option<Integer> MAILBOX = Option.number("mailbox", 1_024, 2, 1 << 20,
    "The most deliveries that wait for a worker beyond its prefetch.");

  /** The options of a request exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS =
    new OptionSet("exchanges.NAME", BALANCER, LOCAL_FIRST, IDEMPOTENT, DEADLINE,
      PREFETCH, MAILBOX);

  /** What an exchange gets that is declared by its first worker. */
  public static final RequestOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  static RequestOptions from(JsonObject json, String at) {
    var values = OPTIONS.read(json, at);
    return new RequestOptions(values.get(BALANCER), values.get(LOCAL_FIRST),
      values.get(IDEMPOTENT), values.get(DEADLINE), values.get(PREFETCH), values.get(MAILBOX));
  }

  /** Complete, in a fixed order. */
  JsonObject toJson() {
    return new JsonObject().put("balancer", Option.word(balancer)).put("localFirst", localFirst)
      .put("idempotent", idempotent).put("deadline", deadline.toMillis())
      .put("prefetch", prefetch).put("mailbox", mailbox);
  }

  /** What one lane may have in hand at one worker: the worker's own bounds. */
  int room() {
    return prefetch + mailbox;
  }
}

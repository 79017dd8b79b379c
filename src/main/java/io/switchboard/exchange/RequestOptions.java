package io.switchboard.exchange;

import io.switchboard.options.InvalidOption;
import io.switchboard.options.NearestName;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.switchboard.routing.Balancing;
import io.switchboard.routing.Labels;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a request exchange behaves.
 *
 * @param balancer   picks a worker for each message: a word, or the name of a class
 * @param localFirst prefers workers of the sender's node while they have room
 * @param idempotent its work may be done twice, so that what was lost with a worker is repeated
 * @param prefer     labels that the balancer {@code label} goes by; empty for the sender's node's
 * @param hedge      a request without an answer after this time goes to a second worker too;
 *                   null for never
 * @param deadline   how long a request may take that names no time of its own
 * @param prefetch   the most unanswered deliveries that a worker holds
 * @param mailbox    the most deliveries that wait for a worker beyond its prefetch
 */
public record RequestOptions(
  String balancer, boolean localFirst, Map<String, String> prefer, boolean idempotent,
  Duration hedge, Duration deadline, int prefetch, int mailbox) {


  /** The last word begins with a capital, which no balancer of the toolkit does. */
  private static final Pattern CLASS_NAME =
    Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)*[A-Z][A-Za-z0-9_$]*");
  private static final List<String> WORDS =
    Arrays.stream(Balancing.values()).map(Option::word).toList();

  private static final Option<String> BALANCER = new Option<>("balancer",
    String.join(" | ", WORDS) + " | CLASS", Option.word(Balancing.ROUND_ROBIN),
    "Picks a worker for each message; CLASS is a balancer of your own.",
    RequestOptions::balancer);
  private static final Option<Boolean> LOCAL_FIRST = Option.flag("localFirst", false,
    "Prefers workers of the sender's own node while they have room.");
  private static final Option<JsonObject> PREFER = Option.object("prefer",
    "Labels of the workers that the balancer label prefers; none for those of the sender's node.");
  private static final Option<Boolean> IDEMPOTENT = Option.flag("idempotent", false,
    "Repeats a request whose worker was lost with it: its work may be done twice.");
  private static final Option<Duration> HEDGE = Option.duration("hedge", null,
    "Asks a second worker too when there is no answer after this time; needs idempotent.");
  private static final Option<Duration> DEADLINE = Option.duration("deadline",
    Duration.ofSeconds(10), "How long a request may take that names no time of its own.");
  private static final Option<Integer> PREFETCH = Option.number("prefetch", 256, 1, 65_536,
    "The most unanswered deliveries that a worker holds.");
  private static final Option<Integer> MAILBOX = Option.number("mailbox", 1_024, 2, 1 << 20,
    "The most deliveries that wait for a worker beyond its prefetch.");

  /** The options of a request exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS =
    new OptionSet("exchanges.NAME", BALANCER, LOCAL_FIRST, PREFER, IDEMPOTENT, HEDGE, DEADLINE,
      PREFETCH, MAILBOX);

  /** What an exchange gets that is declared by its first worker. */
  public static final RequestOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  static RequestOptions from(JsonObject json, String at) {
    var values = OPTIONS.read(json, at);
    if (values.get(HEDGE) != null && !values.get(IDEMPOTENT)) {
      throw new InvalidOption((at.isEmpty() ? "" : at + ".")
        + "hedge: only for an exchange that is idempotent: its work may be done twice");
    }
    return new RequestOptions(values.get(BALANCER), values.get(LOCAL_FIRST),
      Labels.read(values.get(PREFER), at.isEmpty() ? "prefer" : at + ".prefer"),
      values.get(IDEMPOTENT), values.get(HEDGE), values.get(DEADLINE), values.get(PREFETCH),
      values.get(MAILBOX));
  }

  /** Complete, in a fixed order. */
  JsonObject toJson() {
    var json = new JsonObject().put("balancer", balancer).put("localFirst", localFirst);
    if (!prefer.isEmpty()) {
      var labels = new JsonObject();
      new TreeMap<>(prefer).forEach(labels::put);
      json.put("prefer", labels);
    }
    json.put("idempotent", idempotent);
    if (hedge != null) {
      json.put("hedge", hedge.toMillis());
    }
    return json.put("deadline", deadline.toMillis())
      .put("prefetch", prefetch).put("mailbox", mailbox);
  }

  private static String balancer(Object value) {
    var text = String.valueOf(value);
    if (!WORDS.contains(text) && !CLASS_NAME.matcher(text).matches()) {
      throw new InvalidOption("is '" + text + "'" + NearestName.hint(text, WORDS));
    }
    return text;
  }

  /** The balancer of the toolkit's own; null for a class of the user's. */
  Balancing balancing() {
    int index = WORDS.indexOf(balancer);
    return index < 0 ? null : Balancing.values()[index];
  }

  /** What one lane may have in hand at one worker: the worker's own bounds. */
  int room() {
    return prefetch + mailbox;
  }
}

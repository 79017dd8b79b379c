package io.switchboard.exchange;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;

/**
 * How a topic exchange behaves.
 *
 * @param mailbox the most events that wait for one subscriber; what comes beyond is lost to it
 */
public record TopicOptions(int mailbox) {
  private static final Option<Integer> MAILBOX = Option.number("mailbox", 1_024, 2, 1 << 20,
    "The most events that wait for one subscriber; what comes beyond is lost to it.");

  /** The options of a topic exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS = new OptionSet("exchanges.NAME", MAILBOX);

  /** What an exchange gets that is declared by its first subscriber. */
  public static final TopicOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  static TopicOptions from(JsonObject json, String at) {
    return new TopicOptions(OPTIONS.read(json, at).get(MAILBOX));
  }

  /** Complete, in a fixed order. */
  JsonObject toJson() {
    return new JsonObject().put("mailbox", mailbox);
  }
}

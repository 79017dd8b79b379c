package io.switchboard.exchange;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;

/**
 * How a topic exchange behaves.
 *
 * @param mailbox     the most events that wait for one subscriber; what comes beyond is lost to it
 * @param retain      of how many keys every node keeps the last value; 0 for none
 * @param retainBytes how much memory those values may take on each node
 */
public record TopicOptions(int mailbox, int retain, int retainBytes) {
  private static final Option<Integer> MAILBOX = Option.number("mailbox", 1_024, 2, 1 << 20,
    "The most events that wait for one subscriber; what comes beyond is lost to it.");

  private static final Option<Integer> RETAIN = Option.number("retain", 0, 0, 1 << 16,
    "Of how many keys every node keeps the last value for new subscribers; 0 keeps none.");
  private static final Option<Integer> RETAIN_BYTES = Option.size("retainBytes", 16 << 20,
    "How much memory the kept values take on each node; beyond, the oldest are forgotten.");

  /** The options of a topic exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS =
    new OptionSet("exchanges.NAME", MAILBOX, RETAIN, RETAIN_BYTES);

  /** What an exchange gets that is declared by its first subscriber. */
  public static final TopicOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  public static TopicOptions from(JsonObject json, String at) {
    var values = OPTIONS.read(json, at);
    return new TopicOptions(values.get(MAILBOX), values.get(RETAIN), values.get(RETAIN_BYTES));
  }

  /** Complete, in a fixed order. */
  public JsonObject toJson() {
    return new JsonObject().put("mailbox", mailbox).put("retain", retain)
      .put("retainBytes", retainBytes);
  }
}

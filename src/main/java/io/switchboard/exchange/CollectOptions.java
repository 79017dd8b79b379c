package io.switchboard.exchange;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;

/**
 * How a collect exchange behaves.
 *
 * @param bufferEntries the most entries that a producing node keeps until they are taken
 * @param bufferBytes   the most bytes of them
 * @param overflow      what happens with one more
 * @param mailbox       the most entries of one producing node on their way to the collector
 * @param prefetch      the most entries that a collector has in hand, their futures incomplete
 * @param quorum        the least number of nodes in reach with which a collector is active; 0 for a
 *                      majority of all nodes where there are three or more, else one
 */
public record CollectOptions(int bufferEntries, int bufferBytes, Overflow overflow, int mailbox,
  int prefetch, int quorum) {

  private static final Option<Integer> BUFFER_ENTRIES = Option.number("bufferEntries", 10_000,
    2, 1 << 24, "The most entries that a producing node keeps until they are taken.");
  private static final Option<Integer> BUFFER_BYTES = Option.size("bufferBytes", 4 << 20,
    "The most bytes of the entries that a producing node keeps.");
  private static final Option<Overflow> OVERFLOW = Option.choice("overflow", Overflow.REFUSE,
    "What a full buffer does with one more entry: refuses it, or drops the oldest one.");
  private static final Option<Integer> MAILBOX = Option.number("mailbox", 2_048, 1, 1 << 20,
    "The most entries of one producing node on their way to the collector; a crash of the "
      + "collector's node loses no more of them.");
  private static final Option<Integer> PREFETCH = Option.number("prefetch", 256, 1, 65_536,
    "The most entries that a collector has in hand while their futures are incomplete.");
  private static final Option<Integer> QUORUM = Option.number("quorum", 0, 0, 1_000,
    "The least number of nodes, its own included, that must agree on a collector; 0 is a "
      + "majority of all nodes where there are three or more, else one.");

  /** The options of a collect exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS = new OptionSet("exchanges.NAME", BUFFER_ENTRIES,
    BUFFER_BYTES, OVERFLOW, MAILBOX, PREFETCH, QUORUM);

  /** What an exchange gets that is declared by its first collector. */
  public static final CollectOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  public static CollectOptions from(JsonObject json, String at) {
    var values = OPTIONS.read(json, at);
    return new CollectOptions(values.get(BUFFER_ENTRIES), values.get(BUFFER_BYTES),
      values.get(OVERFLOW), values.get(MAILBOX), values.get(PREFETCH), values.get(QUORUM));
  }

  /** Complete, in a fixed order. */
  public JsonObject toJson() {
    return new JsonObject().put("bufferEntries", bufferEntries).put("bufferBytes", bufferBytes)
      .put("overflow", Option.word(overflow)).put("mailbox", mailbox).put("prefetch", prefetch)
      .put("quorum", quorum);
  }
}

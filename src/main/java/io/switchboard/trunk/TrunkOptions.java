package io.switchboard.trunk;

import io.switchboard.options.InvalidOption;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How this node talks to the others.
 *
 * @param link           what carries the batches
 * @param heartbeat      the time between two signs of life
 * @param silence        a peer that has said nothing for so long is treated as gone
 * @param creditBytes    the most that may be under way to one node without confirmation
 * @param creditMessages the same, in messages
 * @param batchBytes     a batch of this size is sent before its tick ends
 */
public record TrunkOptions(
  LinkChoice link, Duration heartbeat, Duration silence, int creditBytes, int creditMessages,
  int batchBytes) {

  /** The largest value of {@link #batchBytes}. */
  static final int MAX_BATCH_BYTES = 1 << 20;

  private static final Option<LinkChoice> LINK = Option.choice("link", LinkChoice.AUTO,
    "What carries messages to other nodes: sockets where they can be dialled, else the event "
      + "bus; or only one of them.");
  private static final Option<Duration> HEARTBEAT = Option.duration("heartbeat",
    Duration.ofMillis(500), "The time between two signs of life to every other node.");
  private static final Option<Duration> SILENCE = Option.duration("silence",
    Duration.ofSeconds(3), "A node that has said nothing for so long is treated as gone.");
  private static final Option<Integer> CREDIT_BYTES = Option.size("creditBytes", 4 << 20,
    "The most bytes under way to one node without confirmation; an event loop has its "
      + "share.");
  private static final Option<Integer> CREDIT_MESSAGES = Option.number("creditMessages",
    16_384, 64, 1 << 20, "The most messages under way without confirmation from one event "
      + "loop to another node's.");
  private static final Option<Integer> BATCH_BYTES = Option.size("batchBytes", 64 << 10,
    "A batch of this size is sent at once, not at the end of its tick.");

  /** Section {@code trunk}. */
  public static final OptionSet OPTIONS = new OptionSet(
    "trunk", LINK, HEARTBEAT, SILENCE, CREDIT_BYTES, CREDIT_MESSAGES, BATCH_BYTES);

  public TrunkOptions {
    if (silence.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new InvalidOption("trunk.silence: must be at least twice trunk.heartbeat, is "
        + silence.toMillis() + "ms");
    }
    if (batchBytes > MAX_BATCH_BYTES) {
      throw new InvalidOption("trunk.batchBytes: must be at most " + MAX_BATCH_BYTES + ", is "
        + batchBytes);
    }
  }

  /** Throws InvalidOption. */
  public static TrunkOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    return new TrunkOptions(values.get(LINK), values.get(HEARTBEAT), values.get(SILENCE),
      values.get(CREDIT_BYTES), values.get(CREDIT_MESSAGES), values.get(BATCH_BYTES));
  }
}

package io.switchboard.exchange;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How a task exchange behaves.
 *
 * @param prefetch    the most tasks that a worker holds which names no number of its own
 * @param ackTimeout  how long a worker may be silent about a task before another gets it
 * @param maxAttempts after so many attempts in vain a task is a dead letter
 * @param backoff     the pause after the first failed attempt; it doubles with each further one
 * @param maxBackoff  the longest such pause
 * @param maxTasks    the most tasks that the exchange holds, dead letters included
 * @param maxBytes    the most bytes of them
 * @param backups     how many other nodes keep a copy
 */
public record TaskOptions(int prefetch, Duration ackTimeout, int maxAttempts, Duration backoff,
  Duration maxBackoff, int maxTasks, int maxBytes, int backups) {

  /** The most copies beside the owner's. */
  public static final int MAX_BACKUPS = 3;

  private static final Option<Integer> PREFETCH = Option.number("prefetch", 16, 1, 65_536,
    "The most tasks that a worker holds which names no number of its own.");
  private static final Option<Duration> ACK_TIMEOUT = Option.duration("ackTimeout",
    Duration.ofSeconds(30),
    "How long a worker may be silent about a task before another gets it.");
  private static final Option<Integer> MAX_ATTEMPTS = Option.number("maxAttempts", 5, 1, 1_000,
    "After so many attempts in vain a task is a dead letter.");
  private static final Option<Duration> BACKOFF = Option.duration("backoff",
    Duration.ofSeconds(1),
    "The pause after the first failed attempt, half of it at random; it doubles each time.");
  private static final Option<Duration> MAX_BACKOFF = Option.duration("maxBackoff",
    Duration.ofMinutes(1), "The longest pause between two attempts.");
  private static final Option<Integer> MAX_TASKS = Option.number("maxTasks", 100_000, 1,
    10_000_000, "The most tasks that the exchange holds, dead letters included.");
  private static final Option<Integer> MAX_BYTES = Option.size("maxBytes", 256 << 20,
    "The most bytes of tasks that the exchange holds.");
  private static final Option<Integer> BACKUPS = Option.number("backups", 1, 0, MAX_BACKUPS,
    "How many nodes beside the owner keep a copy before a task counts as stored, "
      + "as far as there are so many.");

  /** The options of a task exchange, below {@code exchanges.NAME}. */
  public static final OptionSet OPTIONS = new OptionSet("exchanges.NAME", PREFETCH, ACK_TIMEOUT,
    MAX_ATTEMPTS, BACKOFF, MAX_BACKOFF, MAX_TASKS, MAX_BYTES, BACKUPS);

  /** What an exchange gets that is declared by its first worker. */
  public static final TaskOptions DEFAULT = from(new JsonObject(), "");

  /** Throws InvalidOption with the key path below {@code at}. */
  public static TaskOptions from(JsonObject json, String at) {
    var values = OPTIONS.read(json, at);
    return new TaskOptions(values.get(PREFETCH), values.get(ACK_TIMEOUT),
      values.get(MAX_ATTEMPTS), values.get(BACKOFF), values.get(MAX_BACKOFF),
      values.get(MAX_TASKS), values.get(MAX_BYTES), values.get(BACKUPS));
  }

  /** Complete, in a fixed order. */
  public JsonObject toJson() {
    return new JsonObject().put("prefetch", prefetch).put("ackTimeout", ackTimeout.toMillis())
      .put("maxAttempts", maxAttempts).put("backoff", backoff.toMillis())
      .put("maxBackoff", maxBackoff.toMillis()).put("maxTasks", maxTasks)
      .put("maxBytes", maxBytes).put("backups", backups);
  }
}

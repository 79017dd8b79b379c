package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.Names;
import io.switchboard.message.Span;
import io.switchboard.message.SwitchboardException;
import java.time.Duration;
import java.time.Instant;

/**
 * What a submitter may say beside the body. Immutable; keep and reuse it. Throws BAD_REQUEST
 * for what is out of range.
 *
 * @param priority       0 to 9, higher ones are handed out first
 * @param delay          the task is handed out no sooner, 365 days at most; null for at once
 * @param deadline       counted from now, 365 days at most, after which the task is a dead
 *                       letter; null for never
 * @param key            tasks of one key are handed out one at a time in the order of submission;
 *                       null for none
 * @param idempotencyKey the same key within ten minutes gives the same task; null for none
 * @param headers        travel with the task
 * @param timeout        how long the submitter waits to be told; null for 10 s
 */
public record SubmitOptions(int priority, Duration delay, Duration deadline, String key,
  String idempotencyKey, Headers headers, Duration timeout) {

  /** The lowest and the highest priority, and the one in the middle that is the default. */
  public static final int LOWEST_PRIORITY = 0;
  public static final int HIGHEST_PRIORITY = 9;
  public static final int DEFAULT_PRIORITY = 4;
  /** Priority 4, at once, no deadline, no keys. */
  public static final SubmitOptions DEFAULT =
    new SubmitOptions(DEFAULT_PRIORITY, null, null, null, null, Headers.NONE, null);

  public SubmitOptions {
    if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "a priority lies between 0 and 9, this one is " + priority);
    }
    if (delay != null) {
      Span.require("a delay", delay);
    }
    if (deadline != null) {
      Span.require("a deadline", deadline);
    }
    Names.requireKey(key);
    Names.requireKey(idempotencyKey);
  }

  /** A priority of 0 to 9; 4 is the default, higher ones are handed out first. */
  public static SubmitOptions priority(int priority) {
    return new SubmitOptions(priority, null, null, null, null, Headers.NONE, null);
  }

  /** The task is handed out no sooner than this. */
  public SubmitOptions delay(Duration delay) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }

  /** The task is handed out no sooner than at this time, by this node's clock. */
  public SubmitOptions at(Instant time) {
    var left = Duration.between(Instant.now(), time);
    return delay(left.isNegative() ? Duration.ZERO : left);
  }

  /** A task that is still waiting after this time becomes a dead letter. */
  public SubmitOptions deadline(Duration deadline) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }

  /** Tasks of one key are handed out one at a time, in the order in which they were stored. */
  public SubmitOptions key(String key) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }

  /** The same key within ten minutes gives the same task; with another body it is CONFLICT. */
  public SubmitOptions idempotencyKey(String idempotencyKey) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }

  /** Adds or replaces a header. */
  public SubmitOptions header(String name, String value) {
    return headers(headers.with(name, value));
  }

  /** Replaces the headers. */
  public SubmitOptions headers(Headers headers) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }

  /** How long the submitter waits to be told that the task is stored. */
  public SubmitOptions timeout(Duration timeout) {
    return new SubmitOptions(
      priority, delay, deadline, key, idempotencyKey, headers, timeout);
  }
}

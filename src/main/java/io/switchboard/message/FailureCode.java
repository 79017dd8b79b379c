package io.switchboard.message;

import java.util.Optional;

/**
 * Every way in which an operation can fail, with its HTTP status and whether trying again can
 * help. The names are part of the outside contract; the numbers travel between nodes and are
 * never reused.
 */
public enum FailureCode {
  BAD_REQUEST(1, 400, Retry.NO, "malformed input"),
  DENIED(2, 403, Retry.NO, "no or not enough authority"),
  NO_EXCHANGE(3, 404, Retry.NO, "nothing of that name is declared"),
  CONFLICT(4, 409, Retry.NO, "declared differently already, or an operation of another kind"),
  STALE_TOKEN(5, 409, Retry.NO, "the lease has passed to someone else"),
  TOO_LARGE(6, 413, Retry.NO, "over the configured size"),
  OVERLOADED(7, 429, Retry.YES, "a bound was reached; nothing was queued"),
  CANCELLED(8, 499, Retry.NO, "the caller went away"),
  WORKER_FAILED(9, 500, Retry.NO, "the worker's handler failed"),
  NO_WORKER(10, 503, Retry.YES, "declared, but nobody is attached now"),
  NODE_DOWN(11, 503, Retry.IF_IDEMPOTENT, "the worker's node went away with the request"),
  WORKER_GONE(12, 503, Retry.IF_IDEMPOTENT, "the worker went away with the request in hand"),
  DRAINING(13, 503, Retry.YES, "this node is leaving"),
  NO_QUORUM(14, 503, Retry.YES, "too few nodes are in reach to store this safely"),
  DEADLINE(15, 504, Retry.NO, "the deadline passed");

  /** Whether the same operation may be tried again. */
  public enum Retry { NO, YES, IF_IDEMPOTENT }

  private static final FailureCode[] BY_NUMBER = byNumber();

  private final int number;
  private final int httpStatus;
  private final Retry retry;
  private final String meaning;

  FailureCode(int number, int httpStatus, Retry retry, String meaning) {
    this.number = number;
    this.httpStatus = httpStatus;
    this.retry = retry;
    this.meaning = meaning;
  }

  /** Stable; travels in failure frames and as the failure code of event-bus replies. */
  public int number() {
    return number;
  }

  /** The status of the HTTP answer that carries this failure. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same operation may be tried again. */
  public Retry retry() {
    return retry;
  }

  /** True when trying again can succeed and cannot do the work twice. */
  public boolean isRetryable() {
    return retry == Retry.YES;
  }

  /** A clause for people. */
  public String meaning() {
    return meaning;
  }

  /** The code of that number; empty for a number this version does not know. */
  public static Optional<FailureCode> of(int number) {
    return number > 0 && number < BY_NUMBER.length
      ? Optional.of(BY_NUMBER[number]) : Optional.empty();
  }

  private static FailureCode[] byNumber() {
    var table = new FailureCode[values().length + 1];
    for (var code : values()) {
      table[code.number] = code;
    }
    return table;
  }
}

package io.switchboard.message;

import java.time.Duration;

/** Spans of time that somebody asks for: no longer than clocks can count from now on. */
public final class Span {
  /** The longest one. */
  public static final Duration LONGEST = Duration.ofDays(365);

  private Span() {
  }

  /**
   * Throws BAD_REQUEST for a negative span and for one of more than 365 days.
   *
   * @param what for people, with its article
   */
  public static Duration require(String what, Duration span) {
    if (span.isNegative() || span.compareTo(LONGEST) > 0) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        what + " lies between 0 and 365 days, this one is " + span);
    }
    return span;
  }

  /** A number of milliseconds that has arrived, held to the same bounds. */
  public static long bounded(long millis) {
    return Math.max(0, Math.min(LONGEST.toMillis(), millis));
  }
}

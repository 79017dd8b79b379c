package io.switchboard.cli;

import java.time.Duration;
import java.util.Locale;

/** How values are written for people: one line, no control characters, rounded times. */
final class PlainText {
  private PlainText() {
  }

  /** On one line, and without what could steer a terminal. */
  static String line(Object value) {
    return String.valueOf(value).strip().replaceAll("\\s*\\R\\s*", " ")
      .replaceAll("\\p{Cntrl}", "?");
  }

  /** With line breaks and tabs, but without what could steer a terminal. */
  static String block(String value) {
    return value.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }

  /** The two largest units: 850ms, 12s, 3m 4s, 2h 10m, 5d 3h. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return Math.max(0, duration.toMillis()) + "ms";
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return pair(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }
    return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** With commas between the thousands. */
  static String count(Number number) {
    return String.format(Locale.ROOT, "%,d", number.longValue());
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
  }
}

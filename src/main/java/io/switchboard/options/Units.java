package io.switchboard.options;

import java.time.Duration;
import java.util.regex.Pattern;

/** Reads amounts with a unit: time spans and sizes of memory. */
final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");

  private Units() {
  }

  static Duration duration(Object value) {
    var match = DURATION.matcher(String.valueOf(value).trim());
    if (!match.matches()) {
      throw new InvalidOption("is not a duration such as 250ms, 10s or 5m: '" + value + "'");
    }
    long amount = Long.parseLong(match.group(1));
    var unit = match.group(2) == null ? "ms" : match.group(2);
    var duration = switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofMillis(amount);
    };
    if (duration.isZero() || duration.compareTo(Duration.ofDays(365)) > 0) {
      throw new InvalidOption("must be between 1ms and 365d, is '" + value + "'");
    }
    return duration;
  }

  static int size(Object value) {
    var match = SIZE.matcher(String.valueOf(value).trim());
    if (!match.matches()) {
      throw new InvalidOption("is not a size such as 64KiB or 1MiB: '" + value + "'");
    }
    var unit = match.group(2) == null ? "B" : match.group(2);
    long bytes = Long.parseLong(match.group(1)) << switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new InvalidOption("must be between 1 byte and 2GiB, is '" + value + "'");
    }
    return (int) bytes;
  }
}

package io.switchboard.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be (Levenshtein distance). */
public final class NearestName {
  private NearestName() {
  }

  /** The closest of {@code known}, or empty when none is near enough to be a typing mistake. */
  public static Optional<String> of(String name, Collection<String> known) {
    var wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, wanted.length() / 2);
    return known.stream()
      .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
      .min(Comparator.comparingInt((String candidate) ->
        distance(wanted, candidate.toLowerCase(Locale.ROOT))).thenComparing(c -> c));
  }

  /** A clause to append to an error: {@code "; did you mean 'port'?"}, or the known names. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known)
      .map(nearest -> "; did you mean '" + nearest + "'?")
      .orElseGet(() -> "; known: " + String.join(", ", known.stream().sorted().toList()));
  }

  static int distance(String left, String right) {
    var previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      var current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + substitution,
          1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }
}

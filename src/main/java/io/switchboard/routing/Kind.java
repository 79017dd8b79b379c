package io.switchboard.routing;

import io.switchboard.options.NearestName;
import java.util.Arrays;
import java.util.Locale;

/** What an exchange does with a message. */
public enum Kind {
  /** One worker gets it and answers. */
  REQUEST,
  /** Every subscriber whose pattern matches the key gets it. */
  TOPIC,
  /** The one active collector gets it. */
  COLLECT,
  /** It is queued until a worker has acknowledged it. */
  TASK;

  /** As it is written in configuration and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Throws IllegalArgumentException that names the nearest kind. */
  public static Kind of(String word) {
    var words = Arrays.stream(values()).map(Kind::word).toList();
    int index = words.indexOf(word);
    if (index < 0) {
      throw new IllegalArgumentException(
        "'" + word + "' is no kind of exchange" + NearestName.hint(word, words));
    }
    return values()[index];
  }
}

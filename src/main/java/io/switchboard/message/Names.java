package io.switchboard.message;

import java.util.regex.Pattern;

/** The grammars of names and keys, and the refusals of what does not fit them. */
public final class Names {
  /** The longest routing key, pattern, balancing key and task key, in characters. */
  public static final int MAX_KEY_LENGTH = 255;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,120}");
  private static final Pattern ROUTING_KEY =
    Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*+");
  private static final Pattern ROUTING_PATTERN =
    Pattern.compile("([A-Za-z0-9_-]+|\\*|#)(\\.([A-Za-z0-9_-]+|\\*|#))*+");

  private Names() {
  }

  /** True for what may name an exchange or a node. */
  public static boolean isName(String name) {
    return name != null && NAME.matcher(name).matches();
  }

  /** Throws BAD_REQUEST unless the text may name an exchange or a node. */
  public static String requireName(String name) {
    if (!isName(name)) {
      throw bad("name", name, "1 to 120 of A-Z a-z 0-9 . _ -");
    }
    return name;
  }

  /** Throws BAD_REQUEST unless the text is words of A-Z a-z 0-9 _ - joined by dots. */
  public static String requireRoutingKey(String key) {
    if (key == null || key.length() > MAX_KEY_LENGTH || !ROUTING_KEY.matcher(key).matches()) {
      throw bad("routing key", key, "words of A-Z a-z 0-9 _ - joined by dots");
    }
    return key;
  }

  /** Like a routing key, where a word may also be {@code *} or {@code #}. */
  public static String requirePattern(String pattern) {
    if (pattern == null || pattern.length() > MAX_KEY_LENGTH
      || !ROUTING_PATTERN.matcher(pattern).matches()) {
      throw bad("pattern", pattern, "words, * (one word) or # (any words) joined by dots");
    }
    return pattern;
  }

  /** Any text of up to 255 characters; null is no key. */
  public static String requireKey(String key) {
    if (key != null && key.length() > MAX_KEY_LENGTH) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "a key has at most " + MAX_KEY_LENGTH + " characters, this one " + key.length());
    }
    return key;
  }

  private static SwitchboardException bad(String what, String value, String grammar) {
    var shown = value != null && value.length() > 140 ? value.substring(0, 140) + "…" : value;
    return new SwitchboardException(FailureCode.BAD_REQUEST,
      "'" + shown + "' is no " + what + ": " + grammar);
  }
}

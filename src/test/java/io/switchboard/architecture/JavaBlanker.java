package io.switchboard.architecture;

/** Blanks comments and the contents of literals in Java text; keeps every place and line. */
final class JavaBlanker {
  private final String text;
  private final StringBuilder code;
  private int at;

  private JavaBlanker(String text) {
    this.text = text;
    this.code = new StringBuilder(text);
  }

  static String blank(String text) {
    var blanker = new JavaBlanker(text);
    blanker.run();
    return blanker.code.toString();
  }

  private void run() {
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        blankTo(endOf("\n", at));
      } else if (text.startsWith("/*", at)) {
        blankTo(endOf("*/", at + 2) + 2);
      } else if (text.startsWith("\"\"\"", at)) {
        blankTo(endOfLiteral("\"\"\"", at + 3));
      } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
        blankTo(endOfLiteral(text.substring(at, at + 1), at + 1));
      } else {
        at++;
      }
    }
  }

  private int endOf(String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found;
  }

  private int endOfLiteral(String quote, int from) {
    int place = from;
    while (place < text.length() && !text.startsWith(quote, place)) {
      place += text.charAt(place) == '\\' ? 2 : 1;
    }
    return place + quote.length();
  }

  private void blankTo(int end) {
    for (; at < Math.min(end, text.length()); at++) {
      if (text.charAt(at) != '\n') {
        code.setCharAt(at, ' ');
      }
    }
  }
}

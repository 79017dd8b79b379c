package io.switchboard.architecture;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the repository as text.
 *
 * @param path from the top of the repository, with slashes
 * @param code the same text where comments, strings and characters of Java are blanked; every
 *             place of it is the same place of the text. The text itself in other files
 */
record SourceFile(String path, String text, String code) {
  private static final Pattern PACKAGE = Pattern.compile("^package\\s+([\\w.]+)\\s*;",
    Pattern.MULTILINE);

  static SourceFile of(String path, String text) {
    return new SourceFile(path, text, path.endsWith(".java") ? JavaBlanker.blank(text) : text);
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  /** Of a Java file; empty for one in the unnamed package. */
  String packageName() {
    Matcher matcher = PACKAGE.matcher(code);
    return matcher.find() ? matcher.group(1) : "";
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The number of the line in which the place stands, from 1. */
  int lineAt(int place) {
    return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
  }
}

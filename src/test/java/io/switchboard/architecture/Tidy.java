package io.switchboard.architecture;

import static io.switchboard.architecture.PatternRule.inCode;
import static io.switchboard.architecture.PatternRule.inText;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The rules of style that a file by itself can break. */
final class Tidy {
  static final int MOST_COLUMNS = 100;
  static final int MOST_LINES = 400;
  /** Files longer than this are allowed and named. */
  static final int FEW_ABOVE_LINES = 250;
  static final int MOST_BLOCK_LINES = 70;

  private static final Predicate<SourceFile> ALL = file -> true;
  private static final Predicate<SourceFile> JAVA = SourceFile::isJava;
  private static final Predicate<SourceFile> JAVA_NOT_CLI =
    JAVA.and(file -> !file.path().contains("/io/switchboard/cli/"));

  static final List<Rule> RULES = List.of(
    Tidy::columns,
    Tidy::length,
    new BlockLengthRule(MOST_BLOCK_LINES),
    new EmptyCatchRule(),
    new DocstringRule(),
    inText(ALL, "\\t", "a tab", "indent with two spaces, or write \\t in a literal"),
    inText(ALL, "\\r", "a carriage return", "end lines with a line feed alone"),
    inText(ALL, "(?m)[ \\t]+$", "blanks at the end of the line", "remove them"),
    inText(ALL, "[^\\n]\\z|\\n\\n\\z", "the file does not end with one line feed",
      "end the last line with it and add no empty one"),
    inText(ALL, "\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b", "a note of unfinished work",
      "do it, or open an issue"),
    inText(ALL, "(?<![\\w.}~/-])/(?:home|root|Users|workspace|work|usr/lib/jvm)/\\w"
      + "|\\b[A-Z]:\\\\{1,2}Users\\b", "a path of one machine",
      "make it relative to the repository or configurable"),
    inText(ALL, "(?i)\\brepo1?\\.maven(?:\\.apache)?\\.org\\b|\\bregistry\\.(?:npmjs|yarnpkg)\\."
      + "|\\bpypi\\.org\\b|\\bjitpack\\.io\\b|://[^/\\s\"'<>]*(?:nexus|artifactory|mirror)",
      "the host name of a package registry",
      "leave it to the user's settings (npm: omit-lockfile-registry-resolved)"),
    inCode(JAVA, "\\bprintStackTrace\\s*\\(", "a printed stack trace",
      "log it through SLF4J with what was being done"),
    inCode(JAVA_NOT_CLI, "\\bSystem\\s*\\.\\s*(?:out|err)\\b", "writes to the terminal",
      "log through SLF4J; only cli prints"),
    inCode(JAVA, "\\bThread\\s*\\.\\s*sleep\\b|\\b(?:NANO|MICRO|MILLI)?SECONDS\\s*\\.\\s*sleep\\b",
      "sleeps", "wait for the condition itself, with a limit"),
    inCode(JAVA, "(?m)^import\\s+(?:static\\s+)?[\\w.]+\\.\\*\\s*;", "a star import",
      "import each name"));

  private Tidy() {
  }

  /** All offences of one file. */
  static List<Offence> check(SourceFile file) {
    return RULES.stream().flatMap(rule -> rule.check(file).stream()).toList();
  }

  private static List<Offence> columns(SourceFile file) {
    var offences = new ArrayList<Offence>();
    if (file.isJava()) {
      var lines = file.lines();
      for (int i = 0; i < lines.size(); i++) {
        int columns = lines.get(i).codePointCount(0, lines.get(i).length());
        if (columns > MOST_COLUMNS) {
          offences.add(new Offence(file.path(), i + 1, columns + " columns",
            "break the line; " + MOST_COLUMNS + " is the most"));
        }
      }
    }
    return offences;
  }

  private static List<Offence> length(SourceFile file) {
    int lines = file.lines().size();
    return !file.isJava() || lines <= MOST_LINES ? List.of()
      : List.of(new Offence(file.path(), MOST_LINES + 1, lines + " lines",
        "find the second thing this file is about and move it out; "
          + MOST_LINES + " is the most"));
  }
}

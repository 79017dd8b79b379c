package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What must not be found in a file.
 *
 * @param about the files it is about
 * @param view  what of a file is looked at: its text, or its code without comments and strings
 */
record PatternRule(Predicate<SourceFile> about, Function<SourceFile, String> view,
  Pattern pattern, String what, String mend) implements Rule {

  static PatternRule inText(
    Predicate<SourceFile> about, String pattern, String what, String mend) {
    return new PatternRule(about, SourceFile::text, Pattern.compile(pattern), what, mend);
  }

  static PatternRule inCode(
    Predicate<SourceFile> about, String pattern, String what, String mend) {
    return new PatternRule(about, SourceFile::code, Pattern.compile(pattern), what, mend);
  }

  @Override
  public List<Offence> check(SourceFile file) {
    var offences = new ArrayList<Offence>();
    if (about.test(file)) {
      var match = pattern.matcher(view.apply(file));
      while (match.find()) {
        offences.add(
          new Offence(file.path(), file.lineAt(match.start()), what, mend));
      }
    }
    return offences;
  }
}

package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A catch block does something, or says in at least three words why nothing is to be done. */
record EmptyCatchRule() implements Rule {
  private static final Pattern EMPTY =
    Pattern.compile("\\bcatch\\s*\\([^)]*\\)\\s*(\\{\\s*})");
  private static final Pattern REASON = Pattern.compile("(?s).*\\p{L}+\\W+\\p{L}+\\W+\\p{L}+.*");

  @Override
  public List<Offence> check(SourceFile file) {
    var offences = new ArrayList<Offence>();
    if (file.isJava()) {
      var match = EMPTY.matcher(file.code());
      while (match.find()) {
        var body = file.text().substring(match.start(1), match.end(1));
        if (!REASON.matcher(body).matches()) {
          offences.add(new Offence(file.path(), file.lineAt(match.start()),
            "an exception is swallowed", "handle it, or say in the block why that is right"));
        }
      }
    }
    return offences;
  }
}

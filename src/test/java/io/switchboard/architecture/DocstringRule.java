package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Public top-level types say what they are for. */
record DocstringRule() implements Rule {
  private static final Pattern PUBLIC_TYPE = Pattern.compile(
    "(?m)^public\\s+(?:\\w+\\s+)*(?:class|interface|enum|record|@interface)\\s+(\\w+)");

  @Override
  public List<Offence> check(SourceFile file) {
    var offences = new ArrayList<Offence>();
    if (file.isJava()) {
      var match = PUBLIC_TYPE.matcher(file.code());
      while (match.find()) {
        // A brace that is not at the start of its line may be an annotation's.
        int before = Math.max(file.code().lastIndexOf(';', match.start()),
          file.code().lastIndexOf("\n}", match.start()));
        if (!file.text().substring(before + 1, match.start()).contains("/**")) {
          offences.add(new Offence(file.path(), file.lineAt(match.start()),
            match.group(1) + " is public and has no docstring",
            "say what it guarantees, or make it package-private"));
        }
      }
    }
    return offences;
  }
}

package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What README.md must not leave out: the main commands, every command that is not hidden, every
 * setting.
 */
final class Mentions {
  private static final List<String> COMMANDS =
    List.of("./switchboard demo", "./switchboard run", "mvn verify");
  private static final Pattern SETTING = Pattern.compile(
    "\\bOption\\s*\\.\\s*(?:<\\w+>)?(?:text|number|flag|duration|size|list|choice|object)"
      + "\\(\\s*\"([^\"]+)\"");
  private static final Pattern SUBCOMMAND = Pattern.compile(
    "@(?:CommandLine\\.)?Command\\(\\s*name\\s*=\\s*\"([^\"]+)\""
      + "(?!\\s*,\\s*hidden\\s*=\\s*true)");

  private Mentions() {
  }

  static List<Offence> missing(List<SourceFile> mainJava, Optional<SourceFile> readme) {
    if (readme.isEmpty()) {
      return List.of(new Offence("README.md", 1, "there is none", "write what a newcomer needs"));
    }
    var offences = new ArrayList<Offence>();
    var text = readme.get().text();
    for (var command : COMMANDS) {
      if (!text.contains(command)) {
        offences.add(new Offence("README.md", 1, "does not mention " + command, "show it"));
      }
    }
    for (var source : mainJava) {
      offences.addAll(missing(source, SETTING, "setting", text));
      offences.addAll(missing(source, SUBCOMMAND, "command", text));
    }
    return offences;
  }

  private static List<Offence> missing(
    SourceFile source, Pattern pattern, String sort, String readme) {
    var offences = new ArrayList<Offence>();
    var match = pattern.matcher(source.text());
    while (match.find()) {
      var name = match.group(1);
      if (!Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
        .matcher(readme).find()) {
        offences.add(new Offence(source.path(), source.lineAt(match.start()),
          "README.md does not mention the " + sort + " " + name, "add it to the reference"));
      }
    }
    return offences;
  }
}

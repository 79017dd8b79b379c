package io.switchboard.cli;

import io.switchboard.options.InvalidOption;
import io.switchboard.options.NearestName;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Everything that goes wrong becomes one line on standard error and an exit code. */
final class Complaints {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int HELP_COLUMNS = 100;

  private Complaints() {
  }

  static CommandLine install(CommandLine line, Terminal terminal) {
    return line.setUsageHelpWidth(HELP_COLUMNS)
      .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
      .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
      .setParameterExceptionHandler((reason, arguments) -> {
        terminal.complain(explain(reason));
        return WRONG_USAGE;
      })
      .setExecutionExceptionHandler((reason, command, result) -> {
        if (reason instanceof CommandFailure failure) {
          terminal.complain(failure.getMessage());
          return failure.exitCode();
        }
        if (reason instanceof InvalidOption invalid) {
          terminal.complain(invalid.getMessage());
          return WRONG_USAGE;
        }
        terminal.complain("unexpected: " + reason + "; please report this");
        LoggerFactory.getLogger(Complaints.class).debug("The command failed", reason);
        return FAILED;
      });
  }

  private static String explain(ParameterException reason) {
    var command = reason.getCommandLine();
    var help = "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
    if (reason instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, command) + help;
    }
    if (reason instanceof MissingParameterException missing) {
      var names = missing.getMissing().stream().map(each -> each.paramLabel()).toList();
      return "missing: " + String.join(" ", names) + help;
    }
    return plain(reason.getMessage()) + help;
  }

  /** The parser's own sentences, in the form of ours. */
  private static String plain(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
      .replace("option option", "option").replaceFirst("is not an? (int|long)$",
        "is not a whole number");
  }

  private static String unmatched(UnmatchedArgumentException reason, CommandLine command) {
    var argument = reason.getUnmatched().get(0);
    if (argument.startsWith("-")) {
      return "unknown option '" + argument + "'" + hint(argument, optionNames(command));
    }
    if (!command.getSubcommands().isEmpty()) {
      return "unknown command '" + argument + "'"
        + hint(argument, List.copyOf(command.getSubcommands().keySet()));
    }
    return "too many arguments: '" + argument + "'";
  }

  private static String hint(String name, List<String> known) {
    return NearestName.of(name.split("=", 2)[0], known)
      .map(nearest -> "; did you mean '" + nearest + "'?").orElse("");
  }

  private static List<String> optionNames(CommandLine command) {
    var names = new ArrayList<String>();
    for (var option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        names.addAll(List.of(option.names()));
      }
    }
    return names;
  }
}

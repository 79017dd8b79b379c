package io.switchboard.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. Exit codes: 0 done, 1 the operation failed, 2 wrong usage. */
@Command(name = "switchboard", versionProvider = Main.Version.class,
  synopsisSubcommandLabel = "COMMAND",
  description = "Named exchanges between verticles, on one machine or a cluster of them.",
  commandListHeading = "%nCommands:%n",
  footer = {"", "Start with:",
    "  switchboard demo        three nodes on this machine, with sample verticles",
    "  switchboard run         one node; run it again in another terminal for a second",
    "",
    "'switchboard COMMAND --help' explains a command. Exit codes: 0 done, 1 the operation",
    "failed (the failure code is on standard error), 2 wrong usage."})
public final class Main implements Runnable {
  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
    description = "Explain the command.")
  private boolean help;

  @Option(names = {"-V", "--version"}, versionHelp = true,
    description = "Print the version.")
  private boolean version;

  @Spec
  private CommandSpec spec;

  private Main() {
  }

  /** Ends the process with the command's exit code. */
  public static void main(String... arguments) {
    ProcessDefaults.apply(arguments);
    System.exit(execute(Terminal.ofProcess(), arguments));
  }

  /** Runs one command; returns its exit code. */
  static int execute(Terminal terminal, String... arguments) {
    return commandLine(terminal).execute(arguments);
  }

  static CommandLine commandLine(Terminal terminal) {
    var line = new CommandLine(new Main());
    for (var command : List.of(new RunCommand(terminal), new DemoCommand(terminal),
      new NodesCommand(terminal), new ForgetCommand(terminal), new ExchangesCommand(terminal),
      new VerticlesCommand(terminal), new DeclareCommand(terminal),
      new RequestCommand(terminal), new StreamCommand(terminal),
      new ConverseCommand(terminal), new SendCommand(terminal), new PublishCommand(terminal),
      new EmitCommand(terminal),
      new SubscribeCommand(terminal), new SurveyCommand(terminal),
      new MonitorCommand(terminal), new SubmitCommand(terminal), new TasksCommand(terminal),
      new HealthCommand(terminal),
      new BenchCommand(terminal), new BenchNodeCommand(terminal))) {
      line.addSubcommand(command);
    }
    return Complaints.install(line, terminal);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** What the jar's manifest says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"switchboard " + (version == null ? "(not packaged)" : version)};
    }
  }
}

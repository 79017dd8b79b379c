package io.switchboard.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this same program once more, on the same Java. */
final class JavaCommand {
  private JavaCommand() {
  }

  /** @param scratch the new process's folder for temporary files */
  static List<String> of(Path scratch, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseGet(
      () -> Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Djava.io.tmpdir=" + scratch.toAbsolutePath());
    var jar = Home.jar();
    if (jar == null) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    } else {
      command.addAll(List.of("-jar", jar.toString()));
    }
    command.addAll(arguments);
    return command;
  }
}

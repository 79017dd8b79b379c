package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "emit",
  header = "Emits an entry to the active collector.",
  description = "Done once it is in the node's buffer, where it waits while nobody collects.",
  footer = {"", "Examples:",
    "  switchboard emit audit '{\"user\":\"ann\",\"did\":\"login\"}'",
    "  switchboard emit audit @entry.json",
    "  echo hello | switchboard emit audit"})
final class EmitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private Outgoing message;

  EmitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    message.tell(terminal, "emit", "emitted to ");
    return 0;
  }
}

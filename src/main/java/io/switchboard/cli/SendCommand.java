package io.switchboard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "send",
  header = "Sends a one-way message to one worker.",
  description = "Nothing comes back; it is refused like a request when nobody is there.",
  footer = {"", "Examples:",
    "  switchboard send jobs '{\"order\":17}'",
    "  switchboard send jobs @order.json --key customer-7",
    "  echo hello | switchboard send jobs"})
final class SendCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private Outgoing message;

  SendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    message.tell(terminal, "send", "sent to one worker of ");
    return 0;
  }
}

package io.switchboard.cli;

/** Ends a command: one line for standard error and the exit code. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** The operation failed: exit code 1. */
  static CommandFailure failed(String message) {
    return new CommandFailure(1, message);
  }

  /** The command was used wrongly: exit code 2. */
  static CommandFailure wrongUsage(String message) {
    return new CommandFailure(2, message);
  }

  int exitCode() {
    return exitCode;
  }
}

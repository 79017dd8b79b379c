package io.switchboard.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command reads from and writes to.
 *
 * @param interactive true when a person types at standard input
 * @param environment the variables of the process
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive,
  Map<String, String> environment) {

  static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, System.console() != null,
      System.getenv());
  }

  /** Tells what went wrong in exactly one line. */
  void complain(String message) {
    err.println("switchboard: " + PlainText.line(message));
  }
}

package io.switchboard.cli;

import java.io.IOException;
import picocli.CommandLine.Option;

/** Following what a node tells as server-sent events, until Ctrl-C. */
final class FollowOptions {
  @Option(names = "--count", paramLabel = "N", description = "Stop after so many of them.")
  private Long count;

  /** Prints one event. */
  interface Printer {
    /** Returns whether the event counts. */
    boolean print(ServerSentEvents.Event event);
  }

  /**
   * Prints what comes on the path until there was as much as wanted, or nobody reads it.
   *
   * @param advice what to do when the node ends the stream
   * @return the exit code
   */
  int follow(Terminal terminal, ApiClient client, String path, String advice, Printer printer) {
    if (count != null && count < 1) {
      throw CommandFailure.wrongUsage("--count: must be at least 1, is " + count);
    }
    try (var stream = client.open(path)) {
      var events = new ServerSentEvents(stream);
      long seen = 0;
      // Asked first, because it also flushes what was printed.
      while (!terminal.out().checkError() && (count == null || seen < count)) {
        var event = events.next().orElseThrow(() -> CommandFailure.failed(
          "NODE_DOWN: the node ended the stream; " + advice + ", here or at another node"));
        seen += printer.print(event) ? 1 : 0;
      }
      return 0;
    } catch (IOException broken) {
      throw client.broken(broken);
    }
  }
}

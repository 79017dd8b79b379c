package io.switchboard.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One node of the demo: a process of its own, which can be started again after it died. It ends
 * when this process ends, however that happens, because it watches the pipe between them.
 */
final class DemoNode {
  private static final int LAST_LINES = 15;
  private static final String READY = "READY ";

  private final String name;
  private final int httpPort;
  private final List<String> command;
  private final Path log;
  private volatile Process process;

  DemoNode(String name, int httpPort, List<String> command, Path log) {
    this.name = name;
    this.httpPort = httpPort;
    this.command = command;
    this.log = log;
  }

  String name() {
    return name;
  }

  String url() {
    return "http://127.0.0.1:" + httpPort;
  }

  Path log() {
    return log;
  }

  long pid() {
    return process.pid();
  }

  /** One start of the process. */
  record Run(CompletableFuture<String> ready, CompletableFuture<Integer> exit) {
  }

  /**
   * Starts the process; its log is added to the file. {@code ready} completes with the READY
   * line, or fails when the process ends before.
   */
  synchronized Run start() throws IOException {
    var started = new ProcessBuilder(command)
      .redirectError(Redirect.appendTo(log.toFile())).start();
    process = started;
    var ready = new CompletableFuture<String>();
    var reader = new Thread(() -> readOutput(started, ready), "output-of-" + name);
    reader.setDaemon(true);
    reader.start();
    return new Run(ready, started.onExit().thenApply(Process::exitValue));
  }

  /** Asks the process to leave in good order; does not wait. */
  synchronized void askToStop() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits for the process to end, and kills it at the end of the time. */
  void awaitStop(long limitMillis) throws InterruptedException {
    var last = process;
    if (last != null && !last.waitFor(limitMillis, TimeUnit.MILLISECONDS)) {
      last.destroyForcibly().waitFor();
    }
  }

  /** The end of the log, for people. */
  List<String> lastLogLines() throws IOException {
    var last = new ArrayDeque<String>();
    try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
      lines.forEach(line -> {
        last.add(line);
        if (last.size() > LAST_LINES) {
          last.remove();
        }
      });
    }
    return List.copyOf(last);
  }

  private void readOutput(Process started, CompletableFuture<String> ready) {
    try (var output = new BufferedReader(
      new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line);
        }
      }
      ready.completeExceptionally(new IOException(name + " ended before it was ready"));
    } catch (IOException broken) {
      ready.completeExceptionally(broken);
    }
  }
}

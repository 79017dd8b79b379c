package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One process of the program that keeps running, and what it writes. Not thread-safe. */
final class NodeProcess {
  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Pattern READY =
    Pattern.compile("READY http=(\\S+) node=(\\S+) members=(\\d+)");
  private static final int LAST_LINES = 30;

  private final String name;
  private final Path folder;
  private final List<String> launcher;
  private final List<String> arguments;
  private int starts;
  private Process process;
  private NodeApi api;
  private String url;

  NodeProcess(String name, Path folder, List<String> arguments) {
    this(name, folder, List.of(), arguments);
  }

  /** @param launcher a program and its arguments that becomes the node, such as nice */
  NodeProcess(String name, Path folder, List<String> launcher, List<String> arguments) {
    this.name = name;
    this.launcher = launcher;
    this.folder = folder;
    this.arguments = arguments;
  }

  void start() throws IOException {
    starts++;
    Files.createDirectories(folder);
    process = FatJar.start(folder, out(), log(), launcher, arguments);
  }

  /** Waits for the line that says so; fails with the end of the log. */
  void awaitReady() throws IOException {
    var ready = READY.matcher(awaitOutput(READY));
    if (!ready.find()) {
      throw new AssertionError(name + ": no READY line in " + out());
    }
    url = ready.group(1);
    api = new NodeApi(url);
  }

  /** Waits until standard output has the pattern, and returns all of it. */
  String awaitOutput(Pattern pattern) throws IOException {
    String written;
    try {
      written = Eventually.see(name + " writes " + pattern, START_LIMIT, this::output,
        text -> pattern.matcher(text).find() || !process.isAlive());
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + lastLogLines(), late);
    }
    if (!process.isAlive()) {
      throw new AssertionError(name + " ended by itself" + lastLogLines());
    }
    return written;
  }

  String output() throws IOException {
    return Files.readString(out());
  }

  String logText() throws IOException {
    return Files.readString(log());
  }

  String name() {
    return name;
  }

  /** Without a slash at the end. */
  String url() {
    return url;
  }

  NodeApi api() {
    return api;
  }

  /** Of its present or last life. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * SIGKILL to each that is alive, and only then the wait until they are gone: whoever is
   * interrupted in it leaves none behind.
   */
  static void killAll(List<NodeProcess> nodes) throws InterruptedException {
    var alive = nodes.stream().filter(NodeProcess::isAlive).toList();
    alive.forEach(node -> node.process.destroyForcibly());
    for (var node : alive) {
      node.awaitKilled();
    }
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitKilled();
  }

  private void awaitKilled() throws InterruptedException {
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " survived SIGKILL, pid " + process.pid());
    }
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " did not stop within 30 s" + lastLogLines());
    }
    return process.exitValue();
  }

  /** Any signal, by its name without SIG. */
  void signal(String signal) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
      .inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + signal + " of " + name + " failed");
    }
  }

  private Path out() {
    return folder.resolve(name + "-" + starts + ".out");
  }

  private Path log() {
    return folder.resolve(name + "-" + starts + ".log");
  }

  private String lastLogLines() throws IOException {
    var lines = Files.readAllLines(log());
    return "; the end of " + log() + ":\n"
      + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}

package io.switchboard.cli;

import io.switchboard.bench.Bench.Meeting;
import io.switchboard.bench.FarProcesses;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The far nodes of a measurement; closing ends them and removes what they left. */
final class BenchProcesses implements FarProcesses, AutoCloseable {
  private static final long STOP_SECONDS = 10;
  /** Memory that is touched for the first time in a round would be measured with it. */
  private static final List<String> MEMORY = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
  private static final String ONE = "switchboard.bench.process";

  private final Path scratch;
  private final Map<Meeting, Process> processes = new ConcurrentHashMap<>();

  BenchProcesses() throws IOException {
    scratch = Files.createTempDirectory("switchboard-bench-");
  }

  /** True in a process that was started to measure. */
  static boolean isOne() {
    return Boolean.getBoolean(ONE);
  }

  /** Runs the command in a process with memory as the other nodes have it; its exit code. */
  static int runAgain(List<String> arguments) throws IOException, InterruptedException {
    var scratch = Path.of(System.getProperty("java.io.tmpdir"));
    var process = new ProcessBuilder(measuring(scratch, arguments)).inheritIO().start();
    var end = new Thread(process::destroy, "bench-end");
    Runtime.getRuntime().addShutdownHook(end);
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    return exit;
  }

  private static List<String> measuring(Path scratch, List<String> arguments) {
    var command = new ArrayList<>(JavaCommand.of(scratch, arguments));
    command.removeIf(argument -> argument.startsWith("-Xmx") || argument.startsWith("-Xms"));
    command.addAll(1, List.of("-D" + ONE + "=true", "-Dswitchboard.log.vertx=OFF",
      "-Dswitchboard.log.hazelcast=ERROR"));
    command.addAll(1, MEMORY);
    return command;
  }

  /** Returns when all are ready. */
  void start(List<Meeting> meetings) throws IOException {
    for (var meeting : meetings) {
      begin(meeting);
    }
    for (var process : processes.values()) {
      awaitReady(process);
    }
  }

  @Override
  public void start(Meeting meeting) throws IOException {
    awaitReady(begin(meeting));
  }

  @Override
  public void kill(Meeting meeting) throws InterruptedException {
    processes.remove(meeting).destroyForcibly().waitFor();
  }

  private Process begin(Meeting meeting) throws IOException {
    var process = new ProcessBuilder(measuring(scratch, List.of("bench-node",
      meeting.cluster(), meeting.address(), String.valueOf(meeting.number()),
      meeting.link()))).redirectError(Redirect.appendTo(log().toFile())).start();
    processes.put(meeting, process);
    return process;
  }

  /** What the far nodes say goes here: a table is no place for the logs of several nodes. */
  private Path log() {
    return scratch.resolve("log");
  }

  private void awaitReady(Process process) throws IOException {
    var lines = process.inputReader();
    for (var line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
      if (line == null) {
        throw CommandFailure.failed("another node did not start: " + Files.readString(log()));
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    processes.values().forEach(Process::destroy);
    for (var process : processes.values()) {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    try (var files = Files.walk(scratch)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package io.switchboard.cli;

import io.switchboard.bench.Bench.Meeting;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The far nodes of a measurement; closing ends them and removes what they left. */
final class BenchProcesses implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final Path scratch;
  private final List<Process> processes = new ArrayList<>();

  BenchProcesses() throws IOException {
    scratch = Files.createTempDirectory("switchboard-bench-");
  }

  /** Returns when all are ready. */
  void start(List<Meeting> meetings) throws IOException {
    for (var meeting : meetings) {
      processes.add(new ProcessBuilder(JavaCommand.of(scratch, List.of("bench-node",
        meeting.cluster(), meeting.address(), String.valueOf(meeting.number()),
        meeting.link()))).redirectError(Redirect.appendTo(log().toFile())).start());
    }
    for (var process : processes) {
      awaitReady(process);
    }
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
    processes.forEach(Process::destroy);
    for (var process : processes) {
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

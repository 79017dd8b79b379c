package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged program, each call a process of its own in the project's directory. */
public final class FatJar {
  /** Where everything that the processes write goes. */
  public static final Path FOLDER = Path.of("target", "it").toAbsolutePath();
  /** The sample verticles. */
  public static final Path VERTICLES = Path.of("verticles").toAbsolutePath();

  static final String JAVA =
    Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Path JAR = Path.of(System.getProperty("switchboard.jar", "absent"));
  private static final Set<String> LONG_LIVED = Set.of("run", "demo", "bench");
  /** Among a process's arguments: it is to start as a user's would, however long that takes. */
  static final String AS_FOR_A_USER = "-Xshare:auto";

  private static final String FOR_JAVA = "-X";
  private static final String HEAP = "-Xmx256m";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** What a process that has ended left. */
  public record Outcome(int exit, String out, String err) {
    /** The lines in which the program says what is wrong. */
    public List<String> complaints() {
      return err.lines().filter(line -> line.startsWith("switchboard: ")).toList();
    }
  }

  private FatJar() {
  }

  /** The names of the sample verticles, as nodes show them. */
  public static List<String> samples() throws IOException {
    try (var files = Files.list(VERTICLES)) {
      return files.map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".java")).map(name -> name.replace(".java", ""))
        .sorted().toList();
    }
  }

  /** Runs a command to its end; fails when it takes longer than a minute. */
  public static Outcome run(String... arguments) throws IOException, InterruptedException {
    var folder = folder("command-" + CALLS.incrementAndGet());
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var process = start(folder, out, err, List.of(arguments));
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("no end within " + LIMIT + ": " + String.join(" ", arguments)
          + System.lineSeparator() + Files.readString(err));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** A new folder, which keeps what was written there until the next clean build. */
  static Path folder(String name) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(FOLDER), name + "-");
  }

  /**
   * Starts a process whose temporary files are in {@code folder/tmp}. Arguments such as
   * {@code -Xmx96m} are for Java. It starts as fast as can be, but in the long tests with
   * options of its own, and as {@link #AS_FOR_A_USER}.
   */
  static Process start(Path folder, Path out, Path err, List<String> arguments)
    throws IOException {
    return start(folder, out, err, List.of(), arguments);
  }

  /** The same behind a launcher, a program and its arguments that becomes the process. */
  static Process start(
    Path folder, Path out, Path err, List<String> launcher, List<String> arguments)
    throws IOException {
    var temporary = Files.createDirectories(folder.resolve("tmp"));
    var forJava = arguments.stream().filter(each -> each.startsWith(FOR_JAVA)).toList();
    var forProgram = arguments.stream().filter(each -> !each.startsWith(FOR_JAVA)).toList();
    var command = new ArrayList<>(launcher);
    command.addAll(List.of(JAVA, HEAP));
    if (!forJava.contains(AS_FOR_A_USER) && (forJava.isEmpty() || !LoadedCluster.LONG)) {
      command.addAll(WarmStart.options(LONG_LIVED.contains(forProgram.get(0)), JAR));
    }
    command.addAll(forJava);
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-jar", JAR.toString()));
    command.addAll(forProgram);
    var builder = new ProcessBuilder(command)
      .redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SWITCHBOARD_"));
    return builder.start();
  }
}

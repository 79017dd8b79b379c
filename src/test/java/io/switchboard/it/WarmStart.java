package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What makes a new process cheap: classes that are loaded and checked already, kept in an archive
 * that is made once for a jar. Measurements of speed are no use under these options.
 */
final class WarmStart {
  private static final int LIMIT_SECONDS = 90;
  private static final List<String> SMALL =
    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  /** Linux alone has them; touching memory for the first time is much of a start. */
  private static final List<String> LARGE_PAGES =
    List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseTransparentHugePages");

  private WarmStart() {
  }

  /** Options for Java, to run nodes with or, much lighter, commands. */
  static synchronized List<String> options(boolean node, Path jar) throws IOException {
    var archive = FatJar.FOLDER.resolve(node ? "node.jsa" : "command.jsa");
    if (!Files.exists(archive) || Files.getLastModifiedTime(archive)
      .compareTo(Files.getLastModifiedTime(jar)) < 0) {
      make(archive, node, jar);
    }
    var options = new ArrayList<>(SMALL);
    options.addAll(LARGE_PAGES);
    // Java writes its own log to standard output.
    options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"));
    return options;
  }

  private static void make(Path archive, boolean node, Path jar) throws IOException {
    Files.createDirectories(FatJar.FOLDER);
    Files.deleteIfExists(archive);
    var command = new ArrayList<>(List.of(FatJar.JAVA));
    command.addAll(SMALL);
    command.addAll(List.of("-Xmx256m", "-XX:ArchiveClassesAtExit=" + archive,
      "-Xlog:disable", "-jar", jar.toString()));
    command.addAll(node ? List.of("run", "--cluster", "warm-" + ProcessHandle.current().pid(),
      "--http-port", "0", "--cluster-port", "0", "--join", "127.0.0.1:1",
      "--verticles", FatJar.VERTICLES.toString())
      : List.of("nodes", "--url", "http://127.0.0.1:1"));
    var process = new ProcessBuilder(command)
      .redirectError(FatJar.FOLDER.resolve("warm.log").toFile()).start();
    try (var out = process.inputReader()) {
      if (node && out.readLine() != null) {
        process.destroy();
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no archive of classes within " + LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while it made an archive of classes", stopped);
    } finally {
      process.destroyForcibly();
    }
  }
}

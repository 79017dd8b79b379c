package io.switchboard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where the demo's nodes write: {@code target/demo} beside the jar that was built there, or else
 * a temporary folder that is removed at the end.
 */
final class DemoFolder {
  private final Path path;
  private final boolean temporary;

  private DemoFolder(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static DemoFolder create() throws IOException {
    var jar = Home.jar();
    var beside = jar == null ? null : jar.toAbsolutePath().getParent();
    if (beside != null && beside.endsWith("target") && Files.isWritable(beside)) {
      return new DemoFolder(Files.createDirectories(beside.resolve("demo")), false);
    }
    return new DemoFolder(Files.createTempDirectory("switchboard-demo-"), true);
  }

  /** An empty log; its name has the port, so that two demos do not share it. */
  Path log(String node, int port) throws IOException {
    return Files.write(path.resolve(node + "-" + port + ".log"), new byte[0]);
  }

  /** For what a node's libraries unpack; a killed node cannot remove it itself. */
  Path scratch(String node, int port) throws IOException {
    return Files.createDirectories(path.resolve(node + "-" + port + ".tmp"));
  }

  /** Removes the scratch folders, and all when the folder is a temporary one. */
  void clear(Iterable<Path> scratch) throws IOException {
    for (var folder : scratch) {
      delete(folder);
    }
    if (temporary) {
      delete(path);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

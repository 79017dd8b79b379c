package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo starts three nodes, says where they are, and leaves nothing behind. */
class DemoIT {
  private static final Pattern ANNOUNCED = Pattern.compile("Ctrl-C stops all three");
  private static final Pattern NODE =
    Pattern.compile("(?m)^(alpha|beta|gamma)\\s+(http://127\\.0\\.0\\.1:\\d+)\\s+(\\d+)\\s");
  private static final Pattern CONSOLE = Pattern.compile("Console: (http://\\S+)/\\R");
  private static final Set<String> UNWATCHED = Set.of("target", ".git");

  @Test
  void runsThreeNodesUntilItIsStopped() throws Exception {
    var before = projectFiles();
    var folder = FatJar.folder("demo");
    var demo = new NodeProcess("demo", folder, List.of("demo"));
    var nodes = new ArrayList<ProcessHandle>();
    try {
      demo.start();
      var announced = demo.awaitOutput(ANNOUNCED);
      for (var node = NODE.matcher(announced); node.find();) {
        nodes.add(ProcessHandle.of(Long.parseLong(node.group(3))).orElseThrow());
        var seen = new NodeApi(node.group(2)).list("/api/v1/nodes");
        assertThat(seen.stream().map(each -> each.getString("name")))
          .containsExactly("alpha", "beta", "gamma");
      }
      assertThat(nodes).hasSize(3).allMatch(ProcessHandle::isAlive);
      var console = CONSOLE.matcher(announced);
      assertThat(console.find()).isTrue();
      assertThat(new NodeApi(console.group(1)).get("/").body()).contains("<html");
      assertThat(demo.stop()).isIn(0, 143);
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
    } finally {
      if (demo.isAlive()) {
        demo.kill();
      }
      nodes.forEach(ProcessHandle::destroyForcibly);
    }
    assertThat(projectFiles()).isEqualTo(before);
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  private static Set<String> projectFiles() throws IOException {
    var root = Path.of("").toAbsolutePath();
    var files = new TreeSet<String>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return UNWATCHED.contains(root.relativize(folder).toString())
          ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(root.relativize(file).toString());
        return FileVisitResult.CONTINUE;
      }
    });
    return files;
  }
}

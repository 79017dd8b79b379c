package io.switchboard.container;

import static io.switchboard.container.VerticleFiles.answering;
import static io.switchboard.container.VerticleFiles.jar;
import static io.switchboard.container.VerticleFiles.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.container.VerticleStatus.State;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerWatchTest {
  @TempDir
  Path root;
  private Path file;
  private ContainerFixture node;

  @BeforeEach
  void make() throws IOException {
    var directory = Files.createDirectory(root.resolve("verticles"));
    file = directory.resolve("v.jar");
    node = new ContainerFixture(directory);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private static byte[] version(String answer) throws IOException {
    return jar("V", answering("V", "v", "\"" + answer + "\""));
  }

  @Test
  void followsAFileThroughItsLife() throws Exception {
    node.start();
    assertThat(node.container.verticles()).isEmpty();
    put(file, version("first"));
    node.untilAnswers("v", "first");
    put(file, version("second"));
    node.untilAnswers("v", "second");
    node.until("the old version is gone", () -> node.vertx.deploymentIDs().size() == 1);
    Files.delete(file);
    node.until("undeployed", () -> node.vertx.deploymentIDs().isEmpty());
    node.until("forgotten", () -> node.status("v.jar") == null);
    assertThat(node.ask("v")).contains("No handlers");
  }

  @Test
  void isNeverWithoutAVersionWhileSwapping() throws Exception {
    put(file, version("0"));
    node.start();
    for (int i = 1; i <= 3; i++) {
      put(file, version(String.valueOf(i)));
      var wanted = String.valueOf(i);
      node.until("version " + i, () -> {
        var answer = node.ask("v");
        // A message that Vert.x hands to a consumer in the moment it ends is discarded by
        // Vert.x, with a failure of its own; no version at all would be "No handlers".
        assertThat(answer).as("some version is there").doesNotContain("No handlers");
        return answer.equals(wanted);
      });
    }
  }

  @Test
  void aBrokenNewVersionLeavesTheOldOneRunning() throws Exception {
    put(file, version("good"));
    node.start();
    put(file, "broken");
    node.until("the error is shown", () -> node.status("v.jar").error() != null);
    assertThat(node.status("v.jar").state()).isEqualTo(State.DEPLOYED);
    assertThat(node.status("v.jar").error()).contains("not a readable jar", "still runs");
    assertThat(node.ask("v")).isEqualTo("good");
    put(file, version("better"));
    node.untilAnswers("v", "better");
    node.until("the error is gone", () -> node.status("v.jar").error() == null);
  }

  @Test
  void doesNotTakeAFileThatIsStillBeingWritten() throws Exception {
    node.start(new JsonObject().put("scanInterval", 400));
    var whole = version("whole");
    int step = whole.length / 10 + 1;
    for (int at = 0; at < whole.length; at += step) {
      Files.write(file, Arrays.copyOfRange(whole, at, Math.min(whole.length, at + step)),
        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      long pieceEnds = System.nanoTime() + 100_000_000;
      node.until("time for a scan between the pieces", () -> System.nanoTime() > pieceEnds);
      assertThat(node.status("v.jar")).as("half a file is not tried").isNull();
    }
    node.untilAnswers("v", "whole");
    assertThat(node.status("v.jar").error()).isNull();
  }

  @Test
  void findsADirectoryThatAppearsLater() throws Exception {
    Files.delete(node.directory);
    node.start();
    assertThat(node.container.isSettled()).isTrue();
    Files.createDirectory(node.directory);
    put(file, version("late"));
    node.untilAnswers("v", "late");
  }

  @Test
  void takesNoNoticeWhenNotWatching() throws Exception {
    put(file, version("first"));
    node.start(new JsonObject().put("watch", false));
    put(file, version("second"));
    Files.write(node.directory.resolve("w.jar"), new byte[1]);
    long scansLater = System.nanoTime() + 10L * ContainerFixture.SCAN_MILLIS * 1_000_000;
    node.until("several intervals have passed", () -> System.nanoTime() > scansLater);
    assertThat(node.ask("v")).isEqualTo("first");
    assertThat(node.container.verticles()).hasSize(1);
  }

  @Test
  void leavesOutWhatIsOverTheNumber() throws Exception {
    for (var name : new String[] {"a.jar", "b.jar", "c.jar"}) {
      put(node.directory.resolve(name), jar("V", answering("V", name, "\"here\"")));
    }
    node.start(new JsonObject().put("maxFiles", 2));
    assertThat(node.container.verticles()).extracting(VerticleStatus::file)
      .containsExactly("a.jar", "b.jar");
    Files.delete(node.directory.resolve("a.jar"));
    node.untilAnswers("c.jar", "here");
  }
}

package io.switchboard.container;

import static io.switchboard.container.VerticleFiles.answering;
import static io.switchboard.container.VerticleFiles.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.container.VerticleStatus.State;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLimitsTest {
  private static final String HANGS = """
    import io.vertx.core.*;
    public class %s extends VerticleBase {
      @Override public Future<?> start() {
        vertx.eventBus().consumer("hang", message -> message.reply("here"));
        return %s;
      }
      @Override public Future<?> stop() {
        return %s;
      }
    }""";
  private static final String NEVER = "Promise.promise().future()";
  private static final String AT_ONCE = "Future.succeededFuture()";

  @TempDir
  Path directory;
  private ContainerFixture node;

  @BeforeEach
  void make() {
    node = new ContainerFixture(directory);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  @Test
  void aVerticleThatNeverStartsFailsAndIsSilenced() throws Exception {
    put(directory.resolve("Hang.java"), HANGS.formatted("Hang", NEVER, AT_ONCE));
    put(directory.resolve("Good.java"), answering("Good", "good", "\"good\""));
    node.start(new JsonObject().put("deployLimit", "500ms"));
    assertThat(node.status("Hang.java").state()).isEqualTo(State.FAILED);
    assertThat(node.status("Hang.java").error()).isEqualTo("did not start within 500ms");
    assertThat(node.ask("hang")).contains("No handlers");
    assertThat(node.ask("good")).isEqualTo("good");
  }

  @Test
  void aVerticleThatNeverStopsIsCutOff() throws Exception {
    var file = directory.resolve("Hang.java");
    put(file, HANGS.formatted("Hang", AT_ONCE, NEVER));
    node.start(new JsonObject().put("undeployLimit", "200ms"));
    assertThat(node.ask("hang")).isEqualTo("here");
    Files.delete(file);
    node.until("undeployed", () -> node.container.verticles().isEmpty());
    assertThat(node.ask("hang")).contains("No handlers");
    node.until("its loader is collected", () -> {
      System.gc();
      return node.container.uncollectedLoaders() == 0;
    });
  }

  @Test
  void stopWaitsForAStartThatIsUnderWay() throws Exception {
    node.start(new JsonObject().put("deployLimit", "500ms"));
    put(directory.resolve("Hang.java"), HANGS.formatted("Hang", NEVER, AT_ONCE));
    node.until("it is starting", () -> node.status("Hang.java") != null);
    assertThat(node.container.isSettled()).isFalse();
    ContainerFixture.get(node.container.stop());
    assertThat(node.vertx.deploymentIDs()).isEmpty();
    assertThat(node.container.verticles()).isEmpty();
  }
}

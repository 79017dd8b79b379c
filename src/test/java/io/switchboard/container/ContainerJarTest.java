package io.switchboard.container;

import static io.switchboard.container.VerticleFiles.answering;
import static io.switchboard.container.VerticleFiles.jar;
import static io.switchboard.container.VerticleFiles.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.container.VerticleStatus.State;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerJarTest {
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
  void deploysWhatTheManifestNames() throws Exception {
    put(directory.resolve("one.jar"), jar("One", answering("One", "one", "\"1\"")));
    put(directory.resolve("two.jar"), jar("java:Two",
      Map.of("Two", answering("Two", "two", "\"2\"")), Map.of()));
    node.start();
    assertThat(node.ask("one")).isEqualTo("1");
    assertThat(node.ask("two")).isEqualTo("2");
    assertThat(node.container.isSettled()).isTrue();
    var json = node.status("one.jar").toJson();
    assertThat(json.getString("name")).isEqualTo("one");
    assertThat(json.getString("state")).isEqualTo("deployed");
    assertThat(json.getInteger("instances")).isEqualTo(1);
    assertThat(json.getString("threading")).isEqualTo("event-loop");
    assertThat(json.getInstant("deployedAt")).isNotNull();
    assertThat(json.containsKey("error")).isFalse();
  }

  @Test
  void followsTheDescriptor() throws Exception {
    var answer = "config().getString(\"greeting\") + context.getInstanceCount() "
      + "+ context.isWorkerContext()";
    put(directory.resolve("greet.jar"), jar("Greet",
      Map.of("Greet", answering("Greet", "greet", answer)),
      Map.of("switchboard.json", """
        {"instances": 3, "threading": "worker", "config": {"greeting": "hello"}}""")));
    node.start();
    assertThat(node.ask("greet")).isEqualTo("hello3true");
    assertThat(node.status("greet.jar").instances()).isEqualTo(3);
    assertThat(node.status("greet.jar").threading()).isEqualTo("worker");
  }

  @Test
  void reportsABrokenFileAndRunsTheOthers() throws Exception {
    var source = Map.of("A", answering("A", "a", "\"a\""));
    put(directory.resolve("a-good.jar"), jar("A", source, Map.of()));
    put(directory.resolve("b-noise.jar"), "this is no jar");
    put(directory.resolve("c-unnamed.jar"), jar(null, source, Map.of()));
    put(directory.resolve("d-misnamed.jar"), jar("Absent", source, Map.of()));
    put(directory.resolve("e-descriptor.jar"),
      jar("A", source, Map.of("switchboard.json", "{\"instanzes\": 2}")));
    put(directory.resolve("f-no-verticle.jar"),
      jar("B", "public class B { }"));
    put(directory.resolve("g-fails.jar"), jar("G", """
      public class G extends io.vertx.core.AbstractVerticle {
        public void start() { throw new IllegalStateException("no luck"); }
      }"""));
    node.start();
    assertThat(node.ask("a")).isEqualTo("a");
    assertThat(node.container.isSettled()).isTrue();
    assertFailed("b-noise.jar", "is not a readable jar");
    assertFailed("c-unnamed.jar", "no Main-Verticle");
    assertFailed("d-misnamed.jar", "Absent");
    assertFailed("e-descriptor.jar",
      "switchboard.json: instanzes: unknown key; did you mean 'instances'?");
    assertFailed("f-no-verticle.jar", "no verticle in B");
    assertFailed("g-fails.jar", "no luck");
  }

  private void assertFailed(String file, String error) {
    var status = node.status(file);
    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.error()).contains(error).doesNotContain("\n");
    assertThat(status.instances()).isZero();
  }

  @Test
  void refusesAFileOverTheLimit() throws Exception {
    put(directory.resolve("large.jar"), new byte[2_000]);
    node.start(new JsonObject().put("maxFileSize", "1KiB"));
    assertFailed("large.jar", "has 2000 bytes; verticles.maxFileSize allows 1024");
  }

  @Test
  void twoFilesOfOneNameDoNotMix() throws Exception {
    put(directory.resolve("Same.jar"), jar("Same", answering("Same", "same", "\"jar\"")));
    put(directory.resolve("Same.java"), answering("Same", "same", "\"java\""));
    node.start();
    assertThat(node.ask("same")).isEqualTo("jar");
    assertFailed("Same.java", "the name 'Same' is taken by Same.jar");
    Files.delete(directory.resolve("Same.jar"));
    node.untilAnswers("same", "java");
    assertThat(node.status("Same.jar")).isNull();
  }

  @Test
  void stopUndeploysEverythingOnce() throws Exception {
    put(directory.resolve("one.jar"), jar("One", answering("One", "one", "\"1\"")));
    node.start();
    assertThat(node.vertx.deploymentIDs()).hasSize(1);
    ContainerFixture.get(node.container.stop());
    ContainerFixture.get(node.container.stop());
    assertThat(node.vertx.deploymentIDs()).isEmpty();
    assertThat(node.container.verticles()).isEmpty();
  }
}

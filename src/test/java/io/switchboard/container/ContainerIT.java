package io.switchboard.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.it.Eventually;
import io.switchboard.it.FatJarCluster;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files put into a packaged node's directory while it runs, seen from another node. */
class ContainerIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static FatJarCluster cluster;
  private static Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    folder = FatJarCluster.verticleFolder();
    var empty = FatJarCluster.verticleFolder();
    cluster = FatJarCluster.start(2,
      node -> List.of("--verticles", (node == 0 ? empty : folder).toString()));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String serving(String className, String answer) {
    return """
      import io.switchboard.Switchboard;
      import io.vertx.core.Future;
      import io.vertx.core.VerticleBase;
      public class %s extends VerticleBase {
        @Override
        public Future<?> start() {
          return Switchboard.of(vertx).requests("%s")
            .serve(request -> Future.succeededFuture("%s"));
        }
      }
      """.formatted(className, className, answer);
  }

  @Test
  void followsASource() throws Exception {
    var file = folder.resolve("FromSource.java");
    VerticleFiles.put(file, serving("FromSource", "first"));
    awaitAnswer("FromSource", "first");
    VerticleFiles.put(file, serving("FromSource", "the second version"));
    awaitAnswer("FromSource", "the second version");
    Files.delete(file);
    awaitGone("FromSource");
  }

  @Test
  void followsAJar() throws Exception {
    var file = folder.resolve("from-jar.jar");
    VerticleFiles.put(file, VerticleFiles.jar("FromJar", serving("FromJar", "first")));
    awaitAnswer("FromJar", "first");
    VerticleFiles.put(file,
      VerticleFiles.jar("FromJar", serving("FromJar", "the second version")));
    awaitAnswer("FromJar", "the second version");
    Files.delete(file);
    awaitGone("FromJar");
  }

  @Test
  void reportsABrokenFileAndRunsTheOthers() throws Exception {
    VerticleFiles.put(folder.resolve("Broken.java"), "public class Broken {");
    VerticleFiles.put(folder.resolve("broken.jar"), "this is no jar");
    VerticleFiles.put(folder.resolve("Sound.java"), serving("Sound", "sound"));
    awaitAnswer("Sound", "sound");
    for (var name : List.of("Broken.java", "broken.jar")) {
      var seen = Eventually.see(name + " is reported", SOON, () -> verticle(name),
        verticle -> verticle != null && "failed".equals(verticle.getString("state")));
      assertThat(seen.getString("error")).isNotBlank();
      assertThat(seen.getString("node")).isEqualTo(cluster.name(1));
    }
    assertThat(verticle("Sound.java").getString("state")).isEqualTo("deployed");
    assertThat(cluster.api(1).get("/health/live").statusCode()).isEqualTo(200);
  }

  private static JsonObject verticle(String file) throws IOException {
    return cluster.api(0).list("/api/v1/verticles").stream()
      .filter(verticle -> verticle.getString("file").endsWith(file)).findAny().orElse(null);
  }

  private static void awaitAnswer(String exchange, String answer) {
    Eventually.see(exchange + " answers", SOON,
      () -> cluster.api(0).request(exchange, "{}").body(), answer::equals);
  }

  private static void awaitGone(String exchange) {
    Eventually.see(exchange + " has no worker", SOON,
      () -> cluster.api(0).request(exchange, "{}").body(),
      answer -> answer.contains("\"NO_WORKER\""));
    Eventually.holds(exchange + " is listed no longer", SOON,
      () -> cluster.api(0).list("/api/v1/verticles").stream()
        .noneMatch(verticle -> verticle.getString("name").equals(exchange)));
  }
}

package io.switchboard.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that knows nothing of Switchboard, as it stands in the directory of samples. */
class PlainVerticleTest {
  @TempDir
  Path directory;

  @Test
  void answersCountsAndPublishes() throws Exception {
    Files.copy(Path.of("verticles", "PlainVerticle.java"),
      directory.resolve("PlainVerticle.java"));
    try (var node = new ContainerFixture(directory)) {
      var news = new ConcurrentLinkedQueue<JsonObject>();
      node.vertx.eventBus().<JsonObject>consumer("plain.news", item -> news.add(item.body()));
      node.start();
      assertThat(node.status("PlainVerticle.java").error()).isNull();
      assertThat(node.ask("plain.ping")).isEqualTo("{\"pong\":\"?\"}");
      for (int i = 0; i < 3; i++) {
        node.vertx.eventBus().send("plain.sink", "drop");
      }
      node.until("the news tell of 3 messages",
        () -> news.stream().anyMatch(item -> item.getLong("sunk") == 3));
    }
  }
}

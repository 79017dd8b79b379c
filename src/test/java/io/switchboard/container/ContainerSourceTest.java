package io.switchboard.container;

import static io.switchboard.container.VerticleFiles.answering;
import static io.switchboard.container.VerticleFiles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.container.VerticleStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSourceTest {
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
  void compilesDeploysAndSwapsASource() throws Exception {
    var file = directory.resolve("S.java");
    put(file, answering("S", "s", "\"first\""));
    node.start();
    assertThat(node.ask("s")).isEqualTo("first");
    put(file, answering("S", "s", "\"second\""));
    node.untilAnswers("s", "second");
    Files.delete(file);
    node.until("undeployed", () -> node.container.verticles().isEmpty());
  }

  @Test
  void deploysEveryFormOfVerticle() throws Exception {
    put(directory.resolve("Old.java"), """
      package com.example;
      import io.vertx.core.AbstractVerticle;
      import io.vertx.core.Promise;
      class Helper { static String text() { return "old"; } }
      public class Old extends AbstractVerticle {
        @Override public void start(Promise<Void> started) {
          vertx.eventBus().consumer("old", message -> message.reply(Helper.text()));
          vertx.setTimer(1, later -> started.complete());
        }
      }""");
    put(directory.resolve("Bare.java"), """
      import io.vertx.core.*;
      public final class Bare implements Deployable {
        @Override public Future<?> deploy(Context context) {
          return context.owner().eventBus()
            .consumer("bare", message -> message.reply("bare")).completion();
        }
      }""");
    node.start();
    assertThat(node.ask("old")).isEqualTo("old");
    assertThat(node.ask("bare")).isEqualTo("bare");
  }

  @Test
  void saysWhereTheErrorIs() throws Exception {
    put(directory.resolve("Bad.java"), """
      public class Bad extends io.vertx.core.VerticleBase {
        int a = b;
        String c = 5;
      }""");
    put(directory.resolve("Empty.java"), "public class Empty { }");
    put(directory.resolve("Good.java"), answering("Good", "good", "\"good\""));
    put(directory.resolve("Misnamed.java"), answering("Other", "x", "\"x\""));
    put(directory.resolve("Noise.java"), new byte[] {(byte) 0xc3, (byte) 0x28});
    node.start();
    assertThat(node.ask("good")).isEqualTo("good");
    assertFailed("Bad.java", "Bad.java:2: cannot find symbol", "Bad.java:3: incompatible types");
    assertFailed("Empty.java", "no verticle in Empty");
    assertFailed("Misnamed.java", "Misnamed.java:3: class Other is public");
    assertFailed("Noise.java", "is not text in UTF-8");
  }

  private void assertFailed(String file, String... parts) {
    assertThat(node.status(file).state()).isEqualTo(State.FAILED);
    assertThat(node.status(file).error()).contains(parts).doesNotContain("\n");
  }

  @Test
  void needsACompiler() throws Exception {
    var file = directory.resolve("S.java");
    put(file, answering("S", "s", "\"first\""));
    var loader = new ProgramLoader(SharedPackages.with(List.of()), 1 << 20, () -> null);
    assertThatThrownBy(() -> loader.load(file)).isInstanceOf(BrokenVerticle.class)
      .hasMessageContaining("has no compiler");
  }
}

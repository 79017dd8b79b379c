package io.switchboard.container;

import static io.switchboard.container.VerticleFiles.answering;
import static io.switchboard.container.VerticleFiles.jar;
import static io.switchboard.container.VerticleFiles.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerIsolationTest {
  private static final String LIBRARY = """
    package lib;
    public class Library { public static String version() { return "%s"; } }""";

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

  private static byte[] using(String address, String version) throws IOException {
    return jar("V", Map.of("V", answering("V", address, "lib.Library.version()"),
      "lib.Library", LIBRARY.formatted(version)), Map.of());
  }

  @Test
  void equalClassNamesInTwoJarsAreTwoClasses() throws Exception {
    put(directory.resolve("a.jar"), using("a", "1.0"));
    put(directory.resolve("b.jar"), using("b", "2.0"));
    node.start();
    assertThat(node.ask("a")).isEqualTo("1.0");
    assertThat(node.ask("b")).isEqualTo("2.0");
  }

  /** The node has both packages itself; the jar brings classes of the same names. */
  private static byte[] shadowing() throws IOException {
    var fromNode = "(%s.class.getClassLoader() == io.vertx.core.Vertx.class.getClassLoader())";
    var library = "org.HdrHistogram.Histogram";
    var ours = "io.switchboard.options.NearestName";
    return jar("V", Map.of(
      "V", answering("V", "v",
        fromNode.formatted(library) + " + \" \" + " + fromNode.formatted(ours)),
      library, "package org.HdrHistogram; public class Histogram { }",
      ours, "package io.switchboard.options; public class NearestName { }"), Map.of());
  }

  @Test
  void aJarsOwnClassesComeFirstButForTheSharedPackages() throws Exception {
    put(directory.resolve("v.jar"), shadowing());
    node.start();
    assertThat(node.ask("v")).isEqualTo("false true");
  }

  @Test
  void morePackagesCanBeShared() throws Exception {
    put(directory.resolve("v.jar"), shadowing());
    node.start(new JsonObject().put("shared", "org.HdrHistogram"));
    assertThat(node.ask("v")).isEqualTo("true true");
  }

  @Test
  void resourcesAndContextClassLoaderAreTheJarsOwn() throws Exception {
    var source = """
      import io.vertx.core.*;
      public class R extends VerticleBase {
        private final boolean created = seesItself();
        public Future<?> start() {
          boolean started = seesItself();
          return vertx.eventBus().consumer("r", message -> {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try (var text = loader.getResource("logback.xml").openStream()) {
              message.reply(new String(text.readAllBytes()) + created + started + seesItself());
            } catch (java.io.IOException failed) {
              message.fail(1, failed.toString());
            }
          }).completion();
        }
        private static boolean seesItself() {
          try {
            return R.class == Thread.currentThread().getContextClassLoader().loadClass("R");
          } catch (ClassNotFoundException absent) {
            return false;
          }
        }
      }
      """;
    put(directory.resolve("r.jar"),
      jar("R", Map.of("R", source), Map.of("logback.xml", "mine ")));
    node.start();
    assertThat(node.ask("r")).isEqualTo("mine truetruetrue");
  }

  @Test
  void aRunningVersionDoesNotReadTheOverwrittenFile() throws Exception {
    var lazy = Map.of("V", answering("V", "v", "new lib.Library().version()"),
      "lib.Library", LIBRARY.formatted("first"));
    var file = directory.resolve("v.jar");
    put(file, jar("V", lazy, Map.of()));
    node.start();
    Files.write(file, new byte[10_000]);
    node.until("the overwritten file was tried", () -> node.status("v.jar").error() != null);
    assertThat(node.ask("v")).as("a class loaded only now").isEqualTo("first");
  }

  @Test
  void theLoadersOfFormerVersionsAreCollected() throws Exception {
    var file = directory.resolve("busy.jar");
    put(file, busy("0"));
    node.start();
    for (int i = 1; i <= 4; i++) {
      put(file, busy(String.valueOf(i)));
      node.untilAnswers("busy", "worker " + i);
    }
    node.until("4 versions retired", () -> node.vertx.deploymentIDs().size() == 1);
    untilCollected();
    Files.delete(file);
    node.until("removed", () -> node.container.verticles().isEmpty());
    untilCollected();
  }

  @Test
  void theLoaderOfAVersionThatFailedIsCollected() throws Exception {
    put(directory.resolve("F.java"), """
      public class F extends io.vertx.core.VerticleBase {
        public io.vertx.core.Future<?> start() {
          vertx.setPeriodic(1, tick -> vertx.eventBus().publish("tick", hashCode()));
          throw new Refusal();
        }
        static class Refusal extends RuntimeException {
          Refusal() { super("not today", new IllegalStateException("rain")); }
        }
      }""");
    node.start();
    assertThat(node.status("F.java").error()).isEqualTo("not today");
    assertThat(node.status("F.java").state()).isEqualTo(VerticleStatus.State.FAILED);
    untilCollected();
  }

  private void untilCollected() throws Exception {
    node.until("all retired loaders are collected", () -> {
      System.gc();
      return node.container.uncollectedLoaders() == 0;
    });
  }

  /** A verticle that leaves its marks on timers, worker threads, JSON and the event bus. */
  private static byte[] busy(String version) throws IOException {
    return jar("Busy", """
      import io.vertx.core.*;
      import io.vertx.core.json.JsonObject;
      public class Busy extends VerticleBase {
        public record Point(int x, int y) { }
        public Future<?> start() {
          vertx.setPeriodic(5, tick -> vertx.eventBus().publish("ticks", new JsonObject()));
          vertx.eventBus().consumer("ticks", tick -> new Point(1, tick.hashCode()).hashCode());
          vertx.createHttpServer().requestHandler(r -> r.response().end()).listen(0, "127.0.0.1");
          return vertx.eventBus().consumer("busy", message ->
            vertx.executeBlocking(() -> "worker %s").onSuccess(message::reply)).completion();
        }
      }
      """.formatted(version));
  }
}

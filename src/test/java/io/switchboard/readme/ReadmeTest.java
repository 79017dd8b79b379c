package io.switchboard.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.testing.Await;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of Java in README.md compiles, and runs, one after another, in a cluster of two
 * nodes with the sample verticles. A comment behind a println says what that prints, and is
 * held to it.
 */
class ReadmeTest {
  @TempDir
  private Path folder;

  @Test
  void everyExampleCompilesAndRuns() throws Exception {
    var blocks = Block.of(Files.readAllLines(Path.of("README.md")));
    assertThat(blocks).hasSizeGreaterThan(8);
    compile(blocks);
    var cluster = Await.result(LocalCluster.start(2, new JsonObject().put("verticles",
      new JsonObject().put("directory", "verticles").put("watch", false))),
      Duration.ofSeconds(60));
    var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    try (loader) {
      for (var block : blocks) {
        run(block, loader.loadClass(block.className()), cluster);
      }
    } finally {
      System.setOut(out);
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private void run(Block block, Class<?> type, LocalCluster cluster) throws Exception {
    var board = cluster.node(0);
    var made = type.getDeclaredConstructor().newInstance();
    if (made instanceof Deployable verticle) {
      Await.result(board.vertx().deployVerticle(verticle));
      return;
    }
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    var vertx = block.startsNode() ? Vertx.vertx() : board.vertx();
    try {
      ((Example) made).prepared(board, vertx, folder.resolve("scratch").toString()).run();
      block.attached().forEach(exchange -> awaitAttached(board, exchange));
      for (var line : block.printed()) {
        Await.until(block + " prints '" + line + "'",
          () -> printed.toString(StandardCharsets.UTF_8).lines().anyMatch(line::equals));
      }
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(block + " fails, having printed: " + printed, failure);
    } finally {
      if (vertx != board.vertx()) {
        Await.result(vertx.close());
      }
    }
  }

  /** An example need not wait for what it attaches, but the next one relies on it. */
  private static void awaitAttached(Switchboard board, String exchange) {
    var up = new AtomicBoolean(true);
    var monitor = Await.result(board.monitor(exchange, change -> up.set(change.isUp())));
    Await.until(exchange + " is attached", up::get);
    Await.result(monitor.detach());
  }

  private void compile(List<Block> blocks) {
    var found = new DiagnosticCollector<JavaFileObject>();
    var units = blocks.stream().map(Source::new).toList();
    boolean compiled = ToolProvider.getSystemJavaCompiler().getTask(null, null, found,
      List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path"),
        "-proc:none"), null, units).call();
    assertThat(compiled).as("%s", found.getDiagnostics()).isTrue();
  }

  /** A block in memory, under the name of its class. */
  private static final class Source extends SimpleJavaFileObject {
    private final Block block;

    private Source(Block block) {
      super(URI.create("readme:///" + block.className() + Kind.SOURCE.extension), Kind.SOURCE);
      this.block = block;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return block.source();
    }
  }
}

package io.switchboard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.LoggerFactory;

class BlockedThreadsTest {
  @Test
  void aBlockedEventLoopIsReported() throws Exception {
    var options = new VertxOptions()
      .setBlockedThreadCheckInterval(10)
      .setMaxEventLoopExecuteTime(TimeUnit.MILLISECONDS.toNanos(20));
    var vertx = Vertx.vertx(options);
    var release = new CountDownLatch(1);
    try {
      vertx.runOnContext(now -> awaitUnchecked(release));
      assertThat(firstWarning()).contains("has been blocked for", "vert.x-eventloop-thread");
    } finally {
      release.countDown();
      vertx.close().await(10, TimeUnit.SECONDS);
      BlockedThreads.take();
    }
  }

  @Test
  void itFailsTheJupiterTestInWhichItHappened() {
    try {
      EngineTestKit.engine("junit-jupiter").selectors(selectClass(JupiterBlocking.class))
        .enableImplicitConfigurationParameters(true)
        .execute().testEvents()
        .assertStatistics(statistics -> statistics.started(2).succeeded(1).failed(1));
    } finally {
      BlockedThreads.take();
    }
  }

  @Test
  void itFailsTheJqwikPropertyInWhichItHappened() {
    try {
      EngineTestKit.engine("jqwik").selectors(selectClass(JqwikBlocking.class))
        .enableImplicitConfigurationParameters(true)
        .execute().testEvents()
        .assertStatistics(statistics -> statistics.started(2).succeeded(1).failed(1));
    } finally {
      BlockedThreads.take();
    }
  }

  private static String firstWarning() throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < giveUp) {
      var warnings = BlockedThreads.take();
      if (!warnings.isEmpty()) {
        return warnings.get(0);
      }
      Thread.onSpinWait();
    }
    return fail("no warning within 10 s");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void warn() {
    LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker")
      .warn("Thread vert.x-eventloop-thread-0 has been blocked for 2001 ms, in a test of that");
  }

  static class JupiterBlocking {
    @Test
    void blocks() {
      warn();
    }

    @Test
    void behaves() {
      assertThat(BlockedThreads.take()).isEmpty();
    }
  }

  static class JqwikBlocking {
    @Example
    void blocks() {
      warn();
    }

    @Example
    void behaves() {
      assertThat(BlockedThreads.take()).isEmpty();
    }
  }
}

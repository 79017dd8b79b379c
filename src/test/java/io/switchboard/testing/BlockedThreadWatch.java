package io.switchboard.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails the JUnit test, the class or at the latest the run in which a thread was blocked. */
public final class BlockedThreadWatch
  implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(Namespace.create(BlockedThreadWatch.class))
      .getOrComputeIfAbsent("end of run", key -> new EndOfRun());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    BlockedThreads.requireNone("in or before " + context.getDisplayName());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    BlockedThreads.requireNone("in or after the tests of " + context.getDisplayName());
  }

  /** Closed by JUnit after the last class. */
  private record EndOfRun() implements AutoCloseable {
    @Override
    public void close() {
      BlockedThreads.requireNone("at the end of the run");
    }
  }
}

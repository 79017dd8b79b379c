package io.switchboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting with a limit, for threads that may block: a test's own. */
public final class Await {
  /** Far beyond what anything here takes, also on a busy machine. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private Await() {
  }

  /** The result within {@link #LIMIT}; fails the test for a failure. */
  public static <T> T result(Future<T> future) {
    return result(future, LIMIT);
  }

  /** The result within the limit; fails the test for a failure. */
  public static <T> T result(Future<T> future, Duration limit) {
    try {
      return get(future, limit);
    } catch (ExecutionException failed) {
      throw new AssertionError("failed: " + failed.getCause(), failed.getCause());
    }
  }

  /** The failure within {@link #LIMIT}; fails the test for a success. */
  public static Throwable failure(Future<?> future) {
    try {
      var result = get(future, LIMIT);
      throw new AssertionError("succeeded with " + result);
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }

  private static <T> T get(Future<T> future, Duration limit) throws ExecutionException {
    try {
      return future.toCompletionStage().toCompletableFuture()
        .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing within " + limit, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  /** Looks until the condition holds; fails the test after {@link #LIMIT}. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("not within %s: %s", LIMIT, what).isNegative();
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a stream brought, and how it ended. */
final class Streamed {
  private final List<Object> chunks = new CopyOnWriteArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  static Streamed of(ReplyStream stream) {
    var streamed = new Streamed();
    stream.exceptionHandler(streamed.failure::set)
      .endHandler(end -> streamed.ends.incrementAndGet())
      .handler(streamed.chunks::add);
    return streamed;
  }

  List<Object> chunks() {
    return chunks;
  }

  /** Waits for the orderly end. */
  Streamed awaitEnd() {
    Await.until("the end, or a failure", () -> ends.get() > 0 || failure.get() != null);
    assertThat(failure.get()).isNull();
    assertThat(ends.get()).isOne();
    return this;
  }

  /** Waits for the failure and checks that it was no end. */
  void assertFailed(FailureCode code, String message) {
    Await.until("the failure, or an end", () -> ends.get() > 0 || failure.get() != null);
    assertThat(ends.get()).isZero();
    assertThat(failure.get()).isInstanceOfSatisfying(SwitchboardException.class, why -> {
      assertThat(why.code()).as(why.toString()).isEqualTo(code);
      assertThat(why).hasMessageContaining(message);
    });
  }
}

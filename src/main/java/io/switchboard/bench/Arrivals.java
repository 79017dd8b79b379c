package io.switchboard.bench;

import io.vertx.core.json.JsonObject;
import java.util.function.LongConsumer;

/**
 * Counts what arrives at one event loop, and confirms it now and then, so that a sender without
 * any back-pressure of its own can be held to a window. On that event loop only.
 */
final class Arrivals {
  private final LongConsumer confirm;
  private long every = 1;
  private long count;
  private long nextMark = 1;
  private long firstNanos;
  private long markedCount;
  private long markedNanos;

  /** @param confirm is told the count at every mark */
  Arrivals(LongConsumer confirm) {
    this.confirm = confirm;
  }

  /** Begins anew; marks, and confirms, at every so many. */
  void begin(long every) {
    this.every = every;
    count = 0;
    nextMark = every;
    markedCount = 0;
    markedNanos = 0;
  }

  void arrived(long many) {
    if (count == 0) {
      firstNanos = System.nanoTime();
    }
    count += many;
    if (count >= nextMark) {
      markedCount = count;
      markedNanos = System.nanoTime();
      nextMark = count - count % every + every;
      confirm.accept(count);
    }
  }

  /** What came, and its rate between the first arrival and the last mark. */
  JsonObject report() {
    double perSecond = markedCount == 0 ? 0
      : markedCount / (Math.max(1, markedNanos - firstNanos) / 1e9);
    return new JsonObject().put("count", count).put("perSecond", perSecond);
  }
}

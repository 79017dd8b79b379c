package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What the far side says has arrived. On the client's event loop. Bytes and no JSON: there are
 * thousands a second, and what they cost would be measured with what they confirm.
 */
final class Confirmations {
  static final String EXCHANGE = "bench.confirm";
  static final String ADDRESS = "bench/confirm";

  private final Map<String, Long> bySource = new HashMap<>();
  private Runnable onProgress = () -> { };

  /** What a source says when so many have arrived at it. */
  static Buffer confirmation(String source, long count) {
    return Buffer.buffer(Long.BYTES + source.length()).appendLong(count).appendString(source);
  }

  /** To be called on the client's context. */
  Future<?> listen(Vertx vertx) {
    var consumer = vertx.eventBus().<Buffer>consumer(ADDRESS,
      message -> confirmed(message.body()));
    return Future.all(consumer.completion(),
      Switchboard.of(vertx).requests(EXCHANGE).serve(request -> {
        confirmed((Buffer) request.body());
        return null;
      }));
  }

  private void confirmed(Buffer confirmation) {
    bySource.put(confirmation.getString(Long.BYTES, confirmation.length()),
      confirmation.getLong(0));
    onProgress.run();
  }

  /** Forgets the last measurement. */
  void begin(Runnable onProgress) {
    bySource.clear();
    this.onProgress = onProgress;
  }

  /** All sources together. */
  long sum() {
    long sum = 0;
    for (long each : bySource.values()) {
      sum += each;
    }
    return sum;
  }

  /** The one that is furthest behind; 0 until as many as are expected have spoken. */
  long lowest(int sources) {
    long lowest = bySource.size() < sources ? 0 : Long.MAX_VALUE;
    for (long each : bySource.values()) {
      lowest = Math.min(lowest, each);
    }
    return lowest;
  }
}

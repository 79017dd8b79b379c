package io.switchboard.exchange;

import io.switchboard.message.Body;
import io.switchboard.message.Headers;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.MpscChunkedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler of this node with its bounded mailbox; what does not fit is counted as a gap. */
final class Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final int BURST = 256;
  private static final int FIRST_CHUNK = 16;

  private final long id;
  private final TopicExchange exchange;
  private final List<String> patterns;
  private final Consumer<Event> handler;
  private final Context context;
  private final MpscChunkedArrayQueue<Arrival> mailbox;
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean detached;

  private record Arrival(String key, Object body, Headers headers) {
  }

  Subscriber(long id, TopicExchange exchange, List<String> patterns, int capacity,
    Consumer<Event> handler, Context context) {
    this.id = id;
    this.exchange = exchange;
    this.patterns = patterns;
    this.handler = handler;
    this.context = context;
    int bound = Math.max(4, capacity);
    mailbox = new MpscChunkedArrayQueue<>(Math.min(FIRST_CHUNK, bound / 2), bound);
  }

  long id() {
    return id;
  }

  List<String> patterns() {
    return patterns;
  }

  Context context() {
    return context;
  }

  /** Takes an event, or counts it as lost. Any lane. */
  void offer(String key, Object body, Headers headers) {
    if (detached) {
      return;
    }
    if (mailbox.offer(new Arrival(key, Body.copyForReceiver(body), headers))) {
      scheduleDrain();
    } else {
      lost.incrementAndGet();
      exchange.figures().overloaded.increment();
    }
  }

  void detach() {
    detached = true;
    mailbox.clear();
  }

  private void scheduleDrain() {
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    int burst = context.isEventLoopContext() ? BURST : 1;
    for (int i = 0; i < burst; i++) {
      var arrival = detached ? null : mailbox.poll();
      if (arrival == null) {
        return;
      }
      if (burst == 1 && !mailbox.isEmpty()) {
        scheduleDrain();
      }
      exchange.figures().delivered.increment();
      try {
        handler.accept(new Event(
          arrival.key, arrival.body, arrival.headers, lost.getAndSet(0)));
      } catch (RuntimeException failure) {
        LOG.warn("A subscriber of topic {} failed on key {}", exchange.name(), arrival.key,
          failure);
      }
    }
    scheduleDrain();
  }
}

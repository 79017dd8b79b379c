package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A worker's answer in chunks: any bodies, one after another, at the receiver's pace. A write's
 * future completes when the chunk is on its way, and fails when nobody takes it any more; the
 * queue counts as full at {@link #setWriteQueueMaxSize} chunks or 1 MiB. Whoever goes on writing
 * all the same breaks the stream off at sixteen times that. May be used from any thread;
 * handlers and futures are called on the worker's context.
 *
 * <p>The stream ends well when the future that the handler returned succeeds, and fails when
 * that fails; only when the handler returned null does {@link #end()} alone end it. So a source
 * that fails half-way never looks like an end, also when {@code pipeTo} has ended the writer.
 */
public final class ChunkWriter<T> implements WriteStream<T> {
  private static final int QUEUE_CHUNKS = 64;
  private static final int QUEUE_BYTES = 1 << 20;
  private static final int PATIENCE = 16;
  private static final long RETRY_NANOS = TimerWheel.TICK_NANOS;

  private final Delivery delivery;
  private final LocalWorker worker;
  private final Lane home;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile int queueChunks = QUEUE_CHUNKS;
  private volatile boolean full;
  private volatile boolean ended;
  private volatile SwitchboardException closed;
  private volatile Handler<Void> drainHandler;
  private volatile Handler<Throwable> exceptionHandler;

  /** What follows belongs to the worker's home lane. */
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Promise<Void> allSent = Promise.promise();
  private ArrayList<Promise<Void>> sent = new ArrayList<>();
  private final Retry retry = new Retry();
  private int count;
  private boolean ending;
  private boolean concluding;

  private record Waiting(Object prepared, int weight, Promise<Void> sent) {
  }

  /** Looks again when the way to the receiver was full. */
  private final class Retry extends TimerWheel.Timer {
    @Override
    protected void onDeadline() {
      pump();
    }
  }

  ChunkWriter(Delivery delivery) {
    this.delivery = delivery;
    this.worker = delivery.worker();
    this.home = worker.home();
  }

  /**
   * Sends one chunk: Buffer, byte[], String, JsonObject, JsonArray, a boxed primitive or null.
   * JSON is encoded at once; bytes must not be changed afterwards. Fails with BAD_REQUEST for
   * any other type, and with the reason once the stream is over: CANCELLED, DEADLINE, NODE_DOWN.
   */
  @Override
  public Future<Void> write(T chunk) {
    if (closed != null) {
      return Future.failedFuture(closed);
    }
    if (ended) {
      return Future.failedFuture(new IllegalStateException("the writer was ended"));
    }
    Object prepared;
    try {
      prepared = delivery.prepare(chunk);
    } catch (SwitchboardException unusable) {
      return Future.failedFuture(unusable);
    }
    int weight = (int) Math.min(Body.sizeBound(prepared), Integer.MAX_VALUE);
    if (Lane.current() == home && queue.isEmpty() && sendNow(prepared, weight)) {
      return Future.succeededFuture();
    }
    return enqueue(new Waiting(prepared, weight, Promise.promise()));
  }

  private Future<Void> enqueue(Waiting entry) {
    int chunks = waiting.incrementAndGet();
    long bytes = waitingBytes.addAndGet(entry.weight);
    if (chunks >= queueChunks || bytes >= QUEUE_BYTES) {
      // Before the hand-over: whoever sends the last one sees it, and calls the drain handler.
      full = true;
    }
    if (chunks > PATIENCE * queueChunks
      || bytes - entry.weight > (long) PATIENCE * QUEUE_BYTES) {
      worker.onHomeLane(() -> worker.refuse(delivery, FailureCode.WORKER_FAILED,
        "the handler goes on writing chunks though the receiver does not keep up"));
    }
    worker.onHomeLane(() -> add(entry));
    return entry.sent.future();
  }

  /**
   * Nothing more will be written. The future completes when every chunk is on its way.
   * Idempotent.
   */
  @Override
  public Future<Void> end() {
    ended = true;
    worker.onHomeLane(() -> {
      ending = true;
      pump();
    });
    return allSent.future();
  }

  /** In chunks; 64 by default. Beside it stands a bound in bytes that does not change. */
  @Override
  public ChunkWriter<T> setWriteQueueMaxSize(int chunks) {
    if (chunks < 1) {
      throw new IllegalArgumentException("a queue of " + chunks + " chunks");
    }
    queueChunks = chunks;
    return this;
  }

  /** True also once the stream is over, which stops a loop that looks at nothing else. */
  @Override
  public boolean writeQueueFull() {
    return full || closed != null;
  }

  /** Called each time when a full queue has become half empty. */
  @Override
  public ChunkWriter<T> drainHandler(Handler<Void> handler) {
    drainHandler = handler;
    return this;
  }

  /**
   * Called once when the stream is over before its orderly end, with the reason: the receiver
   * cancelled, its node went away, the deadline passed. Within 100 ms of a cancellation.
   */
  @Override
  public ChunkWriter<T> exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    return this;
  }

  /** Why nothing can be written any more; null while the stream goes on. */
  public SwitchboardException closed() {
    return closed;
  }

  private void add(Waiting entry) {
    if (closed != null) {
      sent.add(entry.sent);
      tell();
    } else {
      queue.add(entry);
      pump();
    }
  }

  /** Sends what the receiver's credit allows. On the home lane. */
  void pump() {
    if (closed != null) {
      return;
    }
    while (!queue.isEmpty() && sendNow(queue.peek().prepared, queue.peek().weight)) {
      var entry = queue.remove();
      waiting.decrementAndGet();
      waitingBytes.addAndGet(-entry.weight);
      sent.add(entry.sent);
    }
    tell();
    if (ending && concluding && queue.isEmpty()) {
      conclude();
    }
  }

  private boolean sendNow(Object prepared, int weight) {
    if (delivery.finished || delivery.creditChunks <= 0 || delivery.creditBytes <= 0) {
      return false;
    }
    if (!delivery.chunk(count, weight, prepared)) {
      home.schedule(retry, System.nanoTime() + RETRY_NANOS);
      return false;
    }
    count++;
    delivery.creditChunks--;
    delivery.creditBytes -= weight;
    return true;
  }

  /** Tells the worker's context what has been sent since the last time, in one task. */
  private void tell() {
    boolean drained = full && waiting.get() <= queueChunks / 2
      && waitingBytes.get() <= QUEUE_BYTES / 2;
    boolean over = ending && queue.isEmpty() || closed != null;
    if (sent.isEmpty() && !drained && !over) {
      return;
    }
    var done = sent;
    sent = new ArrayList<>();
    if (drained) {
      full = false;
    }
    worker.context().runOnContext(ignored -> {
      for (var each : done) {
        settle(each);
      }
      if (over) {
        settle(allSent);
      }
      var handler = drainHandler;
      if (drained && handler != null) {
        handler.handle(null);
      }
    });
  }

  private void settle(Promise<Void> promise) {
    if (closed == null) {
      promise.tryComplete();
    } else {
      promise.tryFail(closed);
    }
  }

  /** The handler returned null: the writer alone ends the stream. On the home lane. */
  void endsByItself() {
    concluding = true;
    pump();
  }

  /** The handler's future has succeeded: what waits is sent, then the end. On the home lane. */
  void handlerSucceeded() {
    ended = true;
    ending = true;
    concluding = true;
    pump();
  }

  private void conclude() {
    if (worker.finish(delivery, null)) {
      delivery.end(count);
      worker.outcomes().countHandled();
    }
  }

  /** Nothing more is sent; null for the orderly end. On the home lane. */
  void close(SwitchboardException reason) {
    home.timers().cancel(retry);
    if (reason == null || closed != null) {
      return;
    }
    closed = reason;
    queue.forEach(entry -> sent.add(entry.sent));
    queue.clear();
    tell();
    worker.context().runOnContext(ignored -> {
      var handler = exceptionHandler;
      if (handler != null) {
        handler.handle(reason);
      }
    });
  }
}

package io.switchboard.exchange;

import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.Pipe;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * A worker's answer in chunks, as they come. The worker sends only what this receiver grants:
 * while it is paused, or its handler lags, the worker stops within the window. It flows once a
 * handler is set. Chunks arrive in order and without a gap; the end handler is called after the
 * last one when the worker ended the stream well; in every other case the exception handler is
 * called, once, with a SwitchboardException, and nothing after it: what is unread is dropped.
 * Handlers are called on the context that asked, or on an event loop when there was none; set
 * them before control returns to it. Its methods may be called from any thread.
 *
 * <p>Unlike in other streams, {@link #pipeTo} does not end the destination when this stream
 * fails: half a file must not look like a whole one. Its future fails, and the caller decides.
 */
public final class ReplyStream implements ReadStream<Object> {
  private static final int BURST = 256;

  private final Context context;
  private final StreamOptions options;
  private final SpscUnboundedArrayQueue<Chunk> unread = new SpscUnboundedArrayQueue<>(64);
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final AtomicLong demand = new AtomicLong(Long.MAX_VALUE);
  private volatile Handler<Object> handler;
  private volatile Handler<Void> endHandler;
  private volatile Handler<Throwable> exceptionHandler;
  private volatile Throwable failure;
  private volatile boolean ended;
  private final StreamConversation conversation;

  /** What follows belongs to the context. */
  private boolean told;
  private int takenChunks;
  private int takenBytes;

  private record Chunk(Object body, int weight) {
  }

  /** @param mode STREAM or LONG_STREAM */
  ReplyStream(Context context, CallMode mode, StreamOptions options) {
    this.context = context;
    this.options = options;
    this.conversation = new StreamConversation(mode, this, options);
  }

  StreamConversation conversation() {
    return conversation;
  }

  /**
   * Wants nothing more: the worker is told at once, the exception handler gets CANCELLED.
   * Idempotent; nothing happens when the stream is over.
   */
  public void cancel() {
    conversation.cancel();
  }

  /** The same stream with chunks of bytes: text as UTF-8, JSON as its text, bytes as they are. */
  public ReadStream<Buffer> buffers() {
    return map(ChunkBytes::of);
  }

  /** The same stream with chunks of that type; one of another type fails it: BAD_REQUEST. */
  public <T> ReadStream<T> as(Class<T> type) {
    return map(chunk -> {
      if (chunk == null || type.isInstance(chunk)) {
        return type.cast(chunk);
      }
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "a chunk is a "
        + chunk.getClass().getSimpleName() + ", not a " + type.getSimpleName());
    });
  }

  /** The same stream, each chunk mapped; what the function throws fails the stream. */
  public <T> ReadStream<T> map(Function<Object, T> function) {
    return new MappedStream<>(this, function);
  }

  @Override
  public ReplyStream handler(Handler<Object> handler) {
    this.handler = handler;
    scheduleDrain();
    return this;
  }

  @Override
  public ReplyStream endHandler(Handler<Void> handler) {
    endHandler = handler;
    scheduleDrain();
    return this;
  }

  @Override
  public ReplyStream exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    scheduleDrain();
    return this;
  }

  @Override
  public ReplyStream pause() {
    demand.set(0);
    return this;
  }

  @Override
  public ReplyStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReplyStream fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("a demand of " + amount);
    }
    demand.accumulateAndGet(amount, (before, more) ->
      before + more < 0 ? Long.MAX_VALUE : before + more);
    scheduleDrain();
    return this;
  }

  @Override
  public Pipe<Object> pipe() {
    return ReadStream.super.pipe().endOnFailure(false);
  }

  @Override
  public Future<Void> pipeTo(WriteStream<Object> destination) {
    return pipe().to(destination).onFailure(failed -> cancel());
  }

  /** On the receiving lane. */
  void received(Object body, int weight) {
    unread.offer(new Chunk(body, weight));
    scheduleDrain();
  }

  boolean hasUnread() {
    return !unread.isEmpty();
  }

  /** The call is over; whatever lane or context says so, it says so last. */
  void over(AsyncResult<Reply> outcome) {
    if (outcome.failed()) {
      failure = outcome.cause();
    } else {
      if (!conversation.hasEnded()) {
        unread.offer(new Chunk(outcome.result().body(), 0));
      }
      ended = true;
    }
    scheduleDrain();
  }

  /** Fails it from this side. On the context. */
  void fail(Throwable reason) {
    if (failure == null) {
      failure = reason;
      conversation.cancel();
      scheduleDrain();
    }
  }

  private void scheduleDrain() {
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    for (int i = 0; i < BURST && failure == null && !told; i++) {
      var take = handler;
      if (take == null || demand.get() == 0) {
        break;
      }
      // Ended is read before the queue: what came before the end is seen.
      boolean last = ended;
      var chunk = unread.poll();
      if (chunk == null) {
        if (last) {
          tellEnd();
        }
        break;
      }
      demand.getAndUpdate(before -> before == Long.MAX_VALUE || before == 0 ? before : before - 1);
      taken(chunk.weight);
      boolean goesOn = false;
      try {
        take.handle(chunk.body);
        goesOn = i < BURST - 1;
      } finally {
        // What a handler throws is the context's business; the next chunk comes all the same.
        if (!goesOn) {
          scheduleDrain();
        }
      }
    }
    if (failure != null && !told && exceptionHandler != null) {
      told = true;
      unread.clear();
      exceptionHandler.handle(failure);
    }
  }

  private void tellEnd() {
    var handler = endHandler;
    told = true;
    if (handler != null) {
      handler.handle(null);
    }
  }

  /** Gives credit back by half a window, so that it costs a frame for many chunks. */
  private void taken(int weight) {
    takenChunks++;
    takenBytes += weight;
    if (takenChunks * 2 >= options.chunks() || takenBytes * 2L >= options.bytes()) {
      if (!ended) {
        conversation.taken(takenChunks, takenBytes);
      }
      takenChunks = 0;
      takenBytes = 0;
    }
  }
}

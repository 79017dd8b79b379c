package io.switchboard.collect;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.BodyType;
import io.switchboard.exchange.CallOptions;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A collect exchange whose entries are Java values, as {@link
 * io.switchboard.exchange.TypedRequestExchange} says of requests. Make it once and keep it.
 * Everything else is as {@link CollectExchange} says.
 *
 * @param <T> the type of an entry's body
 */
public final class TypedCollectExchange<T> {
  private final CollectExchange exchange;
  private final BodyType<T> entries;

  /** A type over a collect exchange; nothing is declared by it. */
  public TypedCollectExchange(CollectExchange exchange, Class<T> type) {
    this.exchange = exchange;
    this.entries = new BodyType<>(type);
  }

  /** The same exchange with bodies as they travel. */
  public CollectExchange untyped() {
    return exchange;
  }

  /** {@link #emit(Object, CallOptions)} without headers. */
  public Future<Void> emit(T value) {
    return emit(value, CallOptions.DEFAULT);
  }

  /** Emits an entry. Fails with BAD_REQUEST, nothing kept, when it cannot be written as JSON. */
  public Future<Void> emit(T value, CallOptions options) {
    Object body;
    try {
      body = entries.toBody(value);
    } catch (SwitchboardException unwritable) {
      return Future.failedFuture(unwritable);
    }
    return exchange.emit(body, options);
  }

  /** {@link #collect(CollectListener, BiFunction)} for a handler that wants the value alone. */
  public Future<Attachment> collect(Function<T, Future<?>> handler) {
    return collect(new CollectListener() { }, (value, entry) -> handler.apply(value));
  }

  /**
   * Attaches a collector. An entry that does not fit the type never reaches the handler: it is
   * logged with its field and counted as failed, as one is whose handler failed.
   */
  public Future<Attachment> collect(
    CollectListener listener, BiFunction<T, Entry, Future<?>> handler) {
    // What fromBody throws is the collector's to log and to count.
    return exchange.collect(
      listener, entry -> handler.apply(entries.fromBody(entry.body()), entry));
  }
}

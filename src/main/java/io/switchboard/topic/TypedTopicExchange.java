package io.switchboard.topic;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.BodyType;
import io.switchboard.exchange.CallOptions;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic whose events are Java values, as {@link io.switchboard.exchange.TypedRequestExchange}
 * says of requests. Make it once and keep it. Everything else is as {@link TopicExchange} says.
 *
 * @param <T> the type of an event's body
 */
public final class TypedTopicExchange<T> {
  private static final Logger LOG = LoggerFactory.getLogger(TypedTopicExchange.class);

  private final TopicExchange topic;
  private final BodyType<T> events;

  /** A type over a topic; nothing is declared by it. */
  public TypedTopicExchange(TopicExchange topic, Class<T> type) {
    this.topic = topic;
    this.events = new BodyType<>(type);
  }

  /** The same topic with bodies as they travel. */
  public TopicExchange untyped() {
    return topic;
  }

  /** {@link #publish(String, Object, CallOptions)} without headers. */
  public Future<Void> publish(String key, T event) {
    return publish(key, event, CallOptions.DEFAULT);
  }

  /** Publishes an event under a routing key. */
  public Future<Void> publish(String key, T event, CallOptions options) {
    try {
      return topic.publish(key, events.toBody(event), options);
    } catch (SwitchboardException unwritable) {
      return Future.failedFuture(unwritable);
    }
  }

  /** {@link #subscribe(String, BiConsumer)} for a handler that wants the value alone. */
  public Future<? extends Attachment> subscribe(String pattern, Consumer<T> handler) {
    return subscribe(pattern, (value, event) -> handler.accept(value));
  }

  /**
   * Subscribes. An event that does not fit the type is counted as a failure and passed over:
   * its publisher is long gone. The first one of a subscription is logged with its field.
   */
  public Future<? extends Attachment> subscribe(String pattern, BiConsumer<T, Event> handler) {
    var told = new AtomicBoolean();
    return topic.subscribe(pattern, event -> {
      T value;
      try {
        value = events.fromBody(event.body());
      } catch (SwitchboardException misfit) {
        passOver(event, misfit, told);
        return;
      }
      handler.accept(value, event);
    });
  }

  private void passOver(Event event, SwitchboardException misfit, AtomicBoolean told) {
    topic.figures().failed();
    if (told.compareAndSet(false, true)) {
      LOG.warn("An event of topic {} with key {} is passed over, as will be others like it: {}",
        topic.name(), event.key(), misfit.getMessage());
    }
  }
}

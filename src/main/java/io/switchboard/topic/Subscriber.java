package io.switchboard.topic;

import io.switchboard.exchange.HandlerCall;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler of this node, and the row from which it gets its events. */
final class Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private final long id;
  private final Row row;
  private final Consumer<Event> handler;
  private volatile boolean detached;

  Subscriber(long id, Row row, Consumer<Event> handler) {
    this.id = id;
    this.row = row;
    this.handler = handler;
  }

  long id() {
    return id;
  }

  Row row() {
    return row;
  }

  void detach() {
    detached = true;
  }

  /** On the row's context. */
  void deliver(String topic, Event event) {
    if (detached) {
      return;
    }
    var failure = HandlerCall.run(handler, event);
    if (failure != null) {
      LOG.warn("A subscriber of topic {} failed on key {}", topic, event.key(), failure);
    }
  }
}

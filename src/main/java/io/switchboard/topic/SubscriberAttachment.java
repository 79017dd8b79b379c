package io.switchboard.topic;

import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.Place;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A subscriber's place at its topic. */
final class SubscriberAttachment extends Place {
  private final Topics topics;
  private final TopicExchange exchange;
  private final Subscriber subscriber;
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();

  SubscriberAttachment(Topics topics, TopicExchange exchange, Subscriber subscriber) {
    super(Kind.TOPIC);
    this.topics = topics;
    this.exchange = exchange;
    this.subscriber = subscriber;
  }

  @Override
  public String exchange() {
    return exchange.name();
  }

  @Override
  public Future<Void> detach() {
    Promise<Void> done = Promise.promise();
    if (detached.compareAndSet(null, done.future())) {
      topics.exchanges().lifelines().untie(subscriber.row().context(), this);
      ended(End.DETACHED);
      topics.exchanges().places().remove(this);
      exchange.remove(subscriber);
      topics.directory().detachSubscriber(exchange(), subscriber.id())
        // A handler that is running now has returned when this task runs behind it.
        .onComplete(told -> subscriber.row().context().runOnContext(ignored -> done.complete()));
    }
    return CallerContext.backHere(detached.get());
  }
}

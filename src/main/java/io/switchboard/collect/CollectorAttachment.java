package io.switchboard.collect;

import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.Place;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A collector's place at its exchange. */
final class CollectorAttachment extends Place {
  private final Collects collects;
  private final Collector collector;
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();

  CollectorAttachment(Collects collects, Collector collector) {
    super(Kind.COLLECT);
    this.collects = collects;
    this.collector = collector;
  }

  @Override
  public String exchange() {
    return collector.exchange().name();
  }

  @Override
  public Future<Void> detach() {
    Promise<Void> done = Promise.promise();
    if (detached.compareAndSet(null, done.future())) {
      collects.exchanges().lifelines().untie(collector.context(), this);
      ended(End.DETACHED);
      collects.exchanges().places().remove(this);
      collects.collecting().leave(collector)
        .compose(left -> collects.directory().detachWorker(exchange(), collector.id()))
        // A handler that is running now has returned when this task runs behind it.
        .onComplete(told -> collector.context().runOnContext(ignored -> done.complete()));
    }
    return CallerContext.backHere(detached.get());
  }
}

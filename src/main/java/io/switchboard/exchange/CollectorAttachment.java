package io.switchboard.exchange;

import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A collector's place at its exchange. */
final class CollectorAttachment extends Place {
  private final Core core;
  private final Collecting collecting;
  private final Collector collector;
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();

  CollectorAttachment(Core core, Collecting collecting, Collector collector) {
    super(Kind.COLLECT);
    this.core = core;
    this.collecting = collecting;
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
      core.lifelines.untie(collector.context(), this);
      ended(End.DETACHED);
      core.places.remove(this);
      collecting.leave(collector)
        .compose(left -> core.directory.detachWorker(exchange(), collector.id()))
        // A handler that is running now has returned when this task runs behind it.
        .onComplete(told -> collector.context().runOnContext(ignored -> done.complete()));
    }
    return CallerContext.backHere(detached.get());
  }
}

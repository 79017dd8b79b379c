package io.switchboard.exchange;

import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handler that watches something. It looks on the control lane, it tells on its context. */
final class Monitor implements Attachment {
  /** So many changes wait for a handler; then it is told of the last state when it has time. */
  static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

  private final Monitors monitors;
  private final Watched watched;
  private final Consumer<Change> handler;
  private final Context context;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();
  private volatile boolean behind;
  /** What the handler was told last; until then it may take what it watches to be up. */
  private boolean up = true;
  private Set<Node> holders;

  Monitor(Monitors monitors, Watched watched, Consumer<Change> handler, Context context) {
    this.monitors = monitors;
    this.watched = watched;
    this.handler = handler;
    this.context = context;
  }

  @Override
  public String exchange() {
    return watched.exchange();
  }

  boolean isDetached() {
    return detached.get() != null;
  }

  /** Compares what is there with what was told. On the control lane. */
  void look(Route route) {
    if (isDetached()) {
      return;
    }
    if (waiting.get() >= MAX_WAITING) {
      behind = true;
      // Whoever takes the next one sees the flag, unless all were taken just now.
      if (waiting.get() >= MAX_WAITING) {
        return;
      }
    }
    var before = holders;
    holders = watched.holders(route);
    boolean isUp = !holders.isEmpty();
    if (isUp != up) {
      up = isUp;
      tell(isUp ? watched.back(holders) : watched.down(route, before, monitors::isInReach));
    }
  }

  private void tell(Change change) {
    waiting.incrementAndGet();
    context.runOnContext(ignored -> {
      waiting.decrementAndGet();
      if (behind) {
        behind = false;
        monitors.lookAgain(this);
      }
      if (isDetached()) {
        return;
      }
      var failure = HandlerCall.run(handler, change);
      if (failure != null) {
        LOG.warn("A monitor of {} failed", exchange(), failure);
      }
    });
  }

  @Override
  public Future<Void> detach() {
    Promise<Void> done = Promise.promise();
    if (detached.compareAndSet(null, done.future())) {
      monitors.remove(this, context);
      // A handler that is running now has returned when this task runs behind it.
      context.runOnContext(ignored -> done.complete());
    }
    return CallerContext.backHere(detached.get());
  }
}

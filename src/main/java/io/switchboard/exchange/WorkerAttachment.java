package io.switchboard.exchange;

import io.switchboard.routing.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A worker's place at its exchange. */
final class WorkerAttachment extends Place {
  private final Core core;
  private final LocalWorker worker;
  private final Context context;
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();

  WorkerAttachment(Core core, LocalWorker worker, Context context) {
    super(Kind.REQUEST);
    this.core = core;
    this.worker = worker;
    this.context = context;
  }

  @Override
  public String exchange() {
    return worker.exchange().name();
  }

  @Override
  public Future<Void> detach() {
    Promise<Void> done = Promise.promise();
    if (detached.compareAndSet(null, done.future())) {
      core.lifelines.untie(context, this);
      ended(End.DETACHED);
      core.places.remove(this);
      worker.detach();
      core.workers.remove(worker);
      core.directory.detachWorker(exchange(), worker.id())
        // A handler that is running now has returned when this task runs behind it.
        .onComplete(told -> context.runOnContext(ignored -> done.complete()));
    }
    return CallerContext.backHere(detached.get());
  }

  /** The verticle is undeployed: nobody is left to go on with what is open. */
  void gone() {
    worker.gone();
  }
}

package io.switchboard.task;

import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.Place;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A worker's place at its task exchange. */
final class TaskWorkerAttachment extends Place {
  private final Tasks tasks;
  private final TaskWorker worker;
  private final AtomicReference<Future<Void>> detached = new AtomicReference<>();

  TaskWorkerAttachment(Tasks tasks, TaskWorker worker) {
    super(Kind.TASK);
    this.tasks = tasks;
    this.worker = worker;
  }

  @Override
  public String exchange() {
    return worker.exchangeName();
  }

  /** What the worker has in hand goes to others at once. */
  @Override
  public Future<Void> detach() {
    Promise<Void> done = Promise.promise();
    if (detached.compareAndSet(null, done.future())) {
      tasks.exchanges().lifelines().untie(worker.context(), this);
      ended(End.DETACHED);
      tasks.exchanges().places().remove(this);
      tasks.remove(worker);
      Future.join(worker.withdraw(false),
          tasks.directory().detachWorker(exchange(), worker.id()))
        // A handler that is running now has returned when this task runs behind it.
        .onComplete(told -> worker.context().runOnContext(ignored -> done.complete()));
    }
    return CallerContext.backHere(detached.get());
  }
}

package io.switchboard.task;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.BodyType;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A task exchange whose bodies are Java values: a record or bean travels as JSON, what can be a
 * body is sent as it is. Submitter and worker each use their own classes, so both may have their
 * own version of them; unknown fields are passed over. Make it once and keep it: making one
 * costs a Jackson mapper. Everything else is as {@link TaskExchange} says.
 *
 * @param <T> the type of a task's body
 */
public final class TypedTaskExchange<T> {
  private final TaskExchange exchange;
  private final BodyType<T> bodies;

  /** A type over a task exchange; nothing is declared by it. */
  public TypedTaskExchange(TaskExchange exchange, Class<T> type) {
    this.exchange = exchange;
    this.bodies = new BodyType<>(type);
  }

  /** The same exchange with bodies as they travel. */
  public TaskExchange untyped() {
    return exchange;
  }

  /** {@link #submit(Object, SubmitOptions)} with the defaults. */
  public Future<TaskId> submit(T value) {
    return submit(value, SubmitOptions.DEFAULT);
  }

  /** Submits a task. Fails with BAD_REQUEST, nothing sent, when it cannot be written as JSON. */
  public Future<TaskId> submit(T value, SubmitOptions options) {
    Object body;
    try {
      body = bodies.toBody(value);
    } catch (SwitchboardException unwritable) {
      return Future.failedFuture(unwritable);
    }
    return exchange.submit(body, options);
  }

  /** {@link #work(WorkOptions, BiFunction)} for a handler that wants the value alone. */
  public Future<Attachment> work(Function<T, Future<?>> handler) {
    return work(WorkOptions.DEFAULT, (value, task) -> handler.apply(value));
  }

  /**
   * Attaches a worker. A task that does not fit the type never reaches the handler, and is not
   * tried again: it becomes a dead letter whose reason is BAD_REQUEST with the field, to be
   * handed out again when a worker is there that can read it.
   */
  public Future<Attachment> work(WorkOptions options, BiFunction<T, Task, Future<?>> handler) {
    return exchange.work(options, task -> {
      T value;
      try {
        value = value(task);
      } catch (SwitchboardException misfit) {
        task.bury(misfit.toString());
        return Future.failedFuture(misfit);
      }
      return handler.apply(value, task);
    });
  }

  /** What a leased task says. Throws BAD_REQUEST, with the field, when that does not fit. */
  public T value(Task task) {
    return bodies.fromBody(task.body());
  }
}

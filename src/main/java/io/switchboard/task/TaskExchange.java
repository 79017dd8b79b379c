package io.switchboard.task;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.TaskOptions;
import io.switchboard.lane.Lane;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Span;
import io.switchboard.message.SwitchboardException;
import io.switchboard.message.TaskFrames;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An exchange of kind {@code task}: what is submitted is stored until a worker has acknowledged
 * it; each task goes to one worker, at least once. May be used from any thread and kept; futures
 * complete on the context that called. Operations fail with NO_EXCHANGE when nothing of the name
 * is declared, CONFLICT when it is of another kind, and DEADLINE when the queue's owner has not
 * answered in time: what was asked may then have been done.
 */
public final class TaskExchange {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int HEXADECIMAL = 16;

  private final String name;
  private final Tasks tasks;

  TaskExchange(String name, Tasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  public String name() {
    return name;
  }

  /** {@link #submit(Object, SubmitOptions)} with the defaults. */
  public Future<TaskId> submit(Object body) {
    return submit(body, SubmitOptions.DEFAULT);
  }

  /**
   * Submits a task. The future succeeds only when the task is stored on the queue's owner and on
   * its backups. When the owner goes away meanwhile, the same task is offered to the next one,
   * until the timeout. Fails with OVERLOADED, nothing stored, when the queue is full; NO_QUORUM
   * when too few nodes are in reach to store it safely; CONFLICT when another body was submitted
   * under the same idempotency key; DEADLINE when it may or may not be stored.
   */
  public Future<TaskId> submit(Object body, SubmitOptions options) {
    return declared(() -> {
      var content = TaskFrames.content(options.headers(), body);
      return ask(new SubmitOperation(name, tasks.nextTaskId(), options, content),
        options.timeout() == null ? PATIENCE : options.timeout());
    });
  }

  /** {@link #work(WorkOptions, Function)} with the exchange's defaults. */
  public Future<Attachment> work(Function<Task, Future<?>> handler) {
    return work(WorkOptions.DEFAULT, handler);
  }

  /**
   * Attaches a worker: the handler is called on the calling context for one task after another,
   * with no more than its prefetch in hand. When the future that it returns succeeds, or is null,
   * the task is acked; when it fails, nacked with the failure's message; a verdict that the
   * handler spoke itself comes first. Declares the exchange with defaults when nobody has. The
   * future completes when every live node and the queue's owner know of the worker. It is
   * attached anew to every later owner, and detached when its verticle is undeployed: then what
   * it has in hand goes to others at once.
   */
  public Future<Attachment> work(WorkOptions options, Function<Task, Future<?>> handler) {
    var context = tasks.vertx().getOrCreateContext();
    Promise<Attachment> attached = Promise.promise();
    if (!context.isEventLoopContext()) {
      attach(options, handler, context, false).onComplete(attached);
    } else {
      context.runOnContext(ignored -> attach(
        options, handler, context, tasks.lanes().currentOrNull() != null)
        .onComplete(attached));
    }
    return CallerContext.backHere(attached.future());
  }

  private Future<Attachment> attach(WorkOptions options, Function<Task, Future<?>> handler,
    Context context, boolean onHome) {
    var home = tasks.on(tasks.lanes().forCaller(context));
    long id = tasks.exchanges().nextWorkerId();
    var defaults = new Declaration(name, Kind.TASK, TaskOptions.DEFAULT.toJson());
    return tasks.directory().attachWorker(defaults, id, home.lane().index(),
      new JsonObject()).compose(known -> {
      var own = ownOptions();
      var terms = new TaskWorker.Terms(id,
        options.prefetch() == 0 ? own.prefetch() : options.prefetch(),
        (options.ackTimeout() == null ? own.ackTimeout() : options.ackTimeout()).toMillis(),
        options.byHand());
      var worker = new TaskWorker(name, terms, handler, context, home, onHome);
      var attachment = new TaskWorkerAttachment(tasks, worker);
      tasks.add(worker);
      Promise<Attachment> done = Promise.promise();
      context.runOnContext(ignored -> {
        tasks.exchanges().lifelines().tie(context, attachment);
        home.lane().execute(() -> {
          home.add(worker);
          worker.attach(0)
            .<Attachment>map(attached -> tasks.exchanges().places().add(attachment))
            .onComplete(done);
        });
      });
      return done.future();
    });
  }

  private TaskOptions ownOptions() {
    var route = tasks.directory().routes().route(name);
    return route == null || route.declaration().kind() != Kind.TASK ? TaskOptions.DEFAULT
      : TaskOptions.from(route.declaration().options(), name);
  }

  /**
   * Leases tasks for somebody who speaks the verdicts later, by {@link Task} or by id and token
   * from any node. Completes with what there is as soon as there is something, with nothing
   * when nothing comes in the time. When this node goes away, the tasks go to others at once.
   *
   * @param max  the most tasks to lease
   * @param wait how long to wait for the first one
   */
  public Future<List<Task>> lease(int max, Duration wait) {
    return lease(max, wait, null);
  }

  /**
   * {@link #lease(int, Duration)} that waits no longer once something else is over, such as the
   * connection of whoever wants the tasks. It completes then with what was leased by that time,
   * mostly nothing; {@link Task#giveBack()} is for what nobody wants any more.
   *
   * @param until when this completes or fails, the waiting ends; null for never
   */
  public Future<List<Task>> lease(int max, Duration wait, Future<?> until) {
    return declared(() -> {
      if (max < 1 || wait.isNegative() || wait.compareTo(Deadline.LONGEST) > 0) {
        throw new SwitchboardException(FailureCode.BAD_REQUEST,
          "to lease takes a number of at least 1 and a wait between 0 and 24 h");
      }
      var home = tasks.on(tasks.lanes().forCaller(Vertx.currentContext()));
      long id = tasks.exchanges().nextWorkerId();
      var pull = new Pull(name, id, max, ownOptions().ackTimeout().toMillis(), home);
      Promise<List<Task>> done = Promise.promise();
      home.lane().execute(() -> pull.start(wait.toNanos()).onComplete(done));
      if (until != null) {
        until.onComplete(over -> home.lane().execute(pull::giveUp));
      }
      return CallerContext.backHere(done.future());
    });
  }

  /** The task is done. Fails with STALE_TOKEN when the lease has passed to someone else. */
  public Future<Void> ack(TaskId id, String token) {
    return verdict(id, token, Verdict.ACK, Duration.ZERO, null);
  }

  /** The attempt failed: again after the exchange's pause, or a dead letter after the last. */
  public Future<Void> nack(TaskId id, String token, String reason) {
    return verdict(id, token, Verdict.FAIL, Duration.ZERO, reason);
  }

  /**
   * The attempt failed: again after this time, or a dead letter after the last. Fails with
   * BAD_REQUEST for a time that is negative or longer than 365 days.
   */
  public Future<Void> requeue(TaskId id, String token, Duration delay, String reason) {
    return verdict(id, token, Verdict.REQUEUE, delay, reason);
  }

  /** The attempt failed, and the task becomes a dead letter. */
  public Future<Void> bury(TaskId id, String token, String reason) {
    return verdict(id, token, Verdict.BURY, Duration.ZERO, reason);
  }

  /** The lease lasts so long from now, 365 days at most; BAD_REQUEST for more. */
  public Future<Void> extend(TaskId id, String token, Duration more) {
    return verdict(id, token, Verdict.EXTEND, more, null);
  }

  private Future<Void> verdict(
    TaskId id, String token, Verdict verdict, Duration span, String reason) {
    return declared(() -> ask(new VerdictOperation(name, id, tokenNumber(token), verdict,
      Span.require("the time of a verdict", span).toMillis(), reason), PATIENCE));
  }

  private static long tokenNumber(String token) {
    try {
      return Long.parseUnsignedLong(token, HEXADECIMAL);
    } catch (NumberFormatException noToken) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "'"
        + token.substring(0, Math.min(40, token.length())) + "' is no token of a lease");
    }
  }

  /** How the queue stands. */
  public Future<TaskCounts> counts() {
    return question(new JsonObject().put("ask", Questions.COUNTS)).map(TaskCounts::fromJson);
  }

  /** How one task stands; its state is {@link TaskState#GONE} when the queue has it not. */
  public Future<TaskState> state(TaskId id) {
    return question(new JsonObject().put("ask", Questions.STATE).put("id", id.toString()))
      .map(TaskState::fromJson);
  }

  /**
   * The dead letters, the oldest first; at most so many, and at most 1 MiB of them, but at least
   * one, if there is one. See {@link DeadLetter#isLeftOut()} for very large ones.
   */
  public Future<List<DeadLetter>> dead(int max) {
    return question(new JsonObject().put("ask", Questions.DEAD).put("max", max))
      .map(answer -> answer.getJsonArray("letters").stream()
        .map(letter -> deadLetter((JsonObject) letter)).toList());
  }

  private static DeadLetter deadLetter(JsonObject json) {
    var state = TaskState.fromJson(json);
    int bytes = json.getInteger("bytes");
    var content = json.getBinary("content");
    if (content == null) {
      return DeadLetter.leftOut(state, bytes);
    }
    var frame = Buffer.buffer().appendInt(content.length + 1).appendByte(TaskFrames.TASK)
      .appendBytes(content);
    var reader = new FrameReader();
    reader.reset(frame, 0);
    reader.nextFrame();
    var headers = TaskFrames.readHeaders(reader);
    return DeadLetter.whole(state, bytes, reader.readBody(), headers);
  }

  /**
   * Hands a dead letter out again, behind what waits, its attempts counted anew and without a
   * deadline; false when there is none.
   */
  public Future<Boolean> revive(TaskId id) {
    return question(new JsonObject().put("ask", Questions.REQUEUE).put("id", id.toString()))
      .map(answer -> answer.getBoolean("found"));
  }

  /** Takes a dead letter away; false when there is none. */
  public Future<Boolean> drop(TaskId id) {
    return question(new JsonObject().put("ask", Questions.DROP).put("id", id.toString()))
      .map(answer -> answer.getBoolean("found"));
  }

  private Future<JsonObject> question(JsonObject question) {
    return declared(() -> ask(new AskOperation(name, question), PATIENCE));
  }

  private <T> Future<T> ask(AskedOperation<T> operation, Duration patience) {
    long deadline = Deadline.after(System.nanoTime(), patience);
    var asker = Vertx.currentContext();
    var own = tasks.lanes().currentOrNull();
    if (own != null) {
      operation.askedBy(asker, tasks.on(own).answers());
      tasks.on(own).operations().start(operation, deadline);
      return operation.future();
    }
    operation.askedBy(asker, null);
    var lane = tasks.lanes().forCaller(asker);
    if (!lane.tryExecute(() -> tasks.on(lane).operations().start(operation, deadline))) {
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "more than " + Lane.MAX_WAITING + " messages wait for one event loop");
    }
    return operation.future();
  }

  /** Runs the operation where the exchange is declared; asks the other nodes once. */
  private <T> Future<T> declared(Supplier<Future<T>> operation) {
    var route = tasks.directory().routes().route(name);
    if (route == null) {
      return CallerContext.backHere(tasks.exchanges().kindOf(name))
        .compose(kind -> declared(operation));
    }
    if (route.declaration().kind() != Kind.TASK) {
      return Future.failedFuture(new SwitchboardException(FailureCode.CONFLICT,
        "exchange '" + name + "' is a " + route.declaration().kind().word()
          + " exchange: it takes no tasks"));
    }
    try {
      return operation.get();
    } catch (SwitchboardException refusal) {
      return Future.failedFuture(refusal);
    }
  }
}

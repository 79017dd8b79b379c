package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Labels;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * An exchange of kind {@code request}: each message goes to one worker. Messages of one client
 * context reach one worker in the order in which they were sent. May be used from any thread
 * and kept; futures complete on the context that called, or on an event loop when there is none.
 */
public final class RequestExchange {
  private final String name;
  private final Core core;
  private final Figures figures = new Figures();
  private final Resolution resolution;

  RequestExchange(String name, Core core) {
    this.name = name;
    this.core = core;
    resolution = new Resolution(name, core);
  }

  public String name() {
    return name;
  }

  Figures figures() {
    return figures;
  }

  Resolution resolution() {
    return resolution;
  }

  /** Throws NO_EXCHANGE and CONFLICT. Any thread. */
  private Resolution.Known resolve() {
    return resolution.now();
  }

  /** {@link #request(Object, CallOptions)} with the exchange's defaults. */
  public Future<Reply> request(Object body) {
    return request(body, CallOptions.DEFAULT);
  }

  /**
   * Asks one worker. The future ends by the deadline in any case, at most once with the
   * handler's answer, else with a SwitchboardException: NO_EXCHANGE, NO_WORKER, and
   * OVERLOADED say that no handler saw the request, WORKER_FAILED carries the handler's message,
   * NODE_DOWN and DEADLINE leave open whether it ran.
   */
  public Future<Reply> request(Object body, CallOptions options) {
    return core.lookup.asking(name, () -> start(body, options, null));
  }

  /** {@link #request(Object, CallOptions)}, but the caller may give it up: the worker is told. */
  public OpenRequest open(Object body, CallOptions options) {
    return open(body, options, new Conversation(CallMode.CANCELLABLE));
  }

  /** {@link #converse(Object, CallOptions, Function)}, but the caller may end it at any time. */
  public OpenRequest open(
    Object body, CallOptions options, Function<Question, Future<?>> answers) {
    return open(body, options, new DialogueConversation(contextOfCaller(), answers));
  }

  private OpenRequest open(Object body, CallOptions options, Conversation conversation) {
    return new OpenRequest(
      conversation, core.lookup.asking(name, () -> start(body, options, conversation)));
  }

  /** {@link #stream(Object, CallOptions, StreamOptions)} with defaults. */
  public ReplyStream stream(Object body) {
    return stream(body, CallOptions.DEFAULT);
  }

  /** {@link #stream(Object, CallOptions, StreamOptions)} with the default window. */
  public ReplyStream stream(Object body, CallOptions options) {
    return stream(body, options, StreamOptions.DEFAULT);
  }

  /**
   * Asks one worker for an answer in chunks; a worker that gives a plain answer sends one chunk
   * and the end. A timeout that the options name is for the whole stream. Without one there is
   * no such limit, but the stream fails with DEADLINE when it stands still for as long as the
   * exchange's deadline although its receiver keeps up. Whatever goes wrong, now or later, is
   * told to the stream's exception handler: what fails a request, and NODE_DOWN, WORKER_GONE
   * and WORKER_FAILED in the middle of the chunks. It is never repeated once a handler saw it.
   */
  public ReplyStream stream(Object body, CallOptions options, StreamOptions window) {
    boolean limited = options.timeout() != null || options.parent() != null;
    var mode = limited ? CallMode.STREAM : CallMode.LONG_STREAM;
    var stream = new ReplyStream(contextOfCaller(), mode, window);
    core.lookup.asking(name, () -> start(body, options, stream.conversation()))
      .onComplete(stream::over);
    return stream;
  }

  /** {@link #converse(Object, CallOptions, Function)} with the exchange's defaults. */
  public Future<Reply> converse(Object body, Function<Question, Future<?>> answers) {
    return converse(body, CallOptions.DEFAULT, answers);
  }

  /**
   * Asks one worker, which may ask back before it answers: the function is called on the
   * calling context for each of its questions, and the future it returns is what the worker
   * gets (a {@link Reply} may carry headers). One worker has the whole dialogue; its deadline
   * is for all of it. Fails like {@link #request}, with WORKER_GONE or NODE_DOWN as soon as the
   * worker is gone, and with CANCELLED when a question's {@code endDialogue} was called.
   */
  public Future<Reply> converse(
    Object body, CallOptions options, Function<Question, Future<?>> answers) {
    return open(body, options, answers).reply();
  }

  private Context contextOfCaller() {
    var context = Vertx.currentContext();
    return context != null ? context : core.lanes.forCaller(null).context();
  }

  private Future<Reply> start(Object body, CallOptions options, Conversation conversation) {
    long deadline = deadline(resolve(), options);
    var own = core.lanes.currentOrNull();
    var context = Vertx.currentContext();
    if (own != null) {
      // What may be sent again later must not change meanwhile.
      var kept = resolution.lastOptions().idempotent() ? Body.copyForReceiver(body) : body;
      var call = new PendingCall(
        this, kept, options, deadline, context, core.calls(own), true);
      start(call, conversation);
      return call.promise.future();
    }
    var lane = core.lanes.forCaller(context);
    var call = new PendingCall(this, Body.copyForReceiver(body), options, deadline, context,
      core.calls(lane), false);
    hop(lane, () -> start(call, conversation));
    return call.promise.future();
  }

  private static void start(PendingCall call, Conversation conversation) {
    call.conversation = conversation;
    call.calls.start(call);
    if (conversation != null) {
      conversation.begun(call);
    }
  }

  /** {@link #send(Object, CallOptions)} with the exchange's defaults. */
  public Future<Void> send(Object body) {
    return send(body, CallOptions.DEFAULT);
  }

  /**
   * Hands a one-way message over to one worker. The future completes when the message is on
   * its way; it is delivered at most once. Refused like a request when nobody is there, and
   * when as much as fits into every mailbox is on its way or waiting there: at once with
   * OVERLOADED, or with {@link CallOptions#waitForRoom} when there is no room by the deadline.
   */
  public Future<Void> send(Object body, CallOptions options) {
    return core.lookup.asking(name, () -> sendNow(body, options));
  }

  private Future<Void> sendNow(Object body, CallOptions options) {
    // Nobody waits for it, so it does not end with the request that a handler is answering.
    long now = System.nanoTime();
    long deadline = options.deadlineNanos(resolve().options().deadline(), now);
    var own = core.lanes.currentOrNull();
    if (own != null) {
      return core.calls(own).sends().sendOrWait(this, body, options, deadline, now);
    }
    var lane = core.lanes.forCaller(Vertx.currentContext());
    var copy = Body.copyForReceiver(body);
    Promise<Void> sent = Promise.promise();
    hop(lane, () -> {
      try {
        core.calls(lane).sends()
          .sendOrWait(this, copy, options, deadline, System.nanoTime()).onComplete(sent);
      } catch (SwitchboardException refusal) {
        sent.fail(refusal);
      }
    });
    return CallerContext.backHere(sent.future());
  }

  /** {@link #survey(Object, SurveyOptions)} of everybody, by the exchange's own deadline. */
  public Future<Survey> survey(Object body) {
    return survey(body, SurveyOptions.DEFAULT);
  }

  /** {@link #survey(Object, SurveyOptions)} of everybody. */
  public Future<Survey> survey(Object body, CallOptions options) {
    return survey(body, SurveyOptions.all(options));
  }

  /**
   * Asks all workers. The future completes when all have answered or enough have, and at the
   * deadline in any case; then it says who is missing, and later answers are dropped. It fails
   * with NO_WORKER when nobody is attached, NO_EXCHANGE, CONFLICT, and BAD_REQUEST for a body
   * that cannot travel.
   */
  public Future<Survey> survey(Object body, SurveyOptions options) {
    return core.lookup.asking(name, () -> surveyNow(body, options));
  }

  private Future<Survey> surveyNow(Object body, SurveyOptions options) {
    long deadline = deadline(resolve(), options.call());
    var copy = Body.copyForReceiver(body);
    var own = core.lanes.currentOrNull();
    var lane = own != null ? own : core.lanes.forCaller(Vertx.currentContext());
    Promise<Survey> done = Promise.promise();
    if (own != null) {
      SurveyRound.start(this, copy, options, deadline, core.calls(lane)).onComplete(done);
    } else {
      hop(lane, () -> {
        try {
          SurveyRound.start(this, copy, options, deadline, core.calls(lane)).onComplete(done);
        } catch (SwitchboardException refusal) {
          done.fail(refusal);
        }
      });
    }
    return CallerContext.backHere(done.future());
  }

  private static void hop(Lane lane, Runnable task) {
    if (!lane.tryExecute(task)) {
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "more than " + Lane.MAX_WAITING + " messages wait for one event loop");
    }
  }

  /** Never later than that of the request whose handler asks. */
  private static long deadline(Resolution.Known known, CallOptions options) {
    return CurrentDeadline.limit(ownDeadline(known, options));
  }

  private static long ownDeadline(Resolution.Known known, CallOptions options) {
    return options.deadlineNanos(known.options().deadline(), System.nanoTime());
  }

  /**
   * Attaches a worker: the handler is called on the calling context, never in a sender's
   * stack, for one message after another; the future it returns is the answer (a {@link Reply}
   * may carry headers), a null future answers null. Declares the exchange with defaults when
   * nobody has. The future completes when every live node can reach the worker; it fails with
   * CONFLICT when the exchange is of another kind. A verticle's workers are detached when it
   * is undeployed.
   */
  public Future<Attachment> serve(Function<Request, Future<?>> handler) {
    return serve(WorkerOptions.DEFAULT, handler);
  }

  /** {@link #serve(Function)} for a worker that says more of itself. */
  public Future<Attachment> serve(WorkerOptions options, Function<Request, Future<?>> handler) {
    var own = options.with(core.nodeLabels);
    var context = core.vertx.getOrCreateContext();
    Promise<Attachment> attached = Promise.promise();
    if (!context.isEventLoopContext()) {
      attach(own, handler, context, core.lanes.forCaller(context), false).onComplete(attached);
    } else if (core.lanes.currentOrNull() != null) {
      attach(own, handler, context, Lane.current(), true).onComplete(attached);
    } else {
      context.runOnContext(ignored -> {
        boolean onHome = core.lanes.currentOrNull() != null;
        attach(own, handler, context, core.lanes.forCaller(context), onHome)
          .onComplete(attached);
      });
    }
    return CallerContext.backHere(attached.future());
  }

  private Future<Attachment> attach(WorkerOptions says,
    Function<Request, Future<?>> handler, Context context, Lane home, boolean onHome) {
    var worker = new LocalWorker(core.workers.nextId(), this, optionsOrDefault(), handler,
      context, home, onHome);
    if (!core.workers.add(worker)) {
      return Future.failedFuture(new SwitchboardException(FailureCode.OVERLOADED,
        "more than " + LocalWorkers.MAX + " workers on one node"));
    }
    var attachment = new WorkerAttachment(core, worker, context);
    core.lifelines.tie(context, attachment);
    return core.directory.attachWorker(declared(), worker.id(), home.index(),
        Labels.attributes(says.weight(), says.labels()))
      .<Attachment>map(attached -> core.places.add(attachment))
      .onFailure(refusal -> attachment.detach());
  }

  private Declaration declared() {
    return new Declaration(name, Kind.REQUEST, RequestOptions.DEFAULT.toJson());
  }

  private RequestOptions optionsOrDefault() {
    var route = core.directory.routes().route(name);
    return route == null || route.declaration().kind() != Kind.REQUEST
      ? RequestOptions.DEFAULT : resolve().options();
  }
}

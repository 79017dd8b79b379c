package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Worker;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * A survey under way: one call to each worker, all with the same deadline, so that it ends when
 * the last of them does. Everything happens on the thread of the lane that sends the calls.
 */
final class SurveyRound {
  private final Calls calls;
  private final int enough;
  private final PendingCall[] asked;
  private final Promise<Survey> done = Promise.promise();
  private final List<Survey.Answer> replies = new ArrayList<>();
  private final List<Survey.Unanswered> missing = new ArrayList<>();
  private final List<Survey.Unanswered> failures = new ArrayList<>();

  private SurveyRound(Calls calls, int enough, int workers) {
    this.calls = calls;
    this.enough = enough;
    this.asked = new PendingCall[workers];
  }

  /** Asks all workers that the route table has now. Throws NO_WORKER when there is none. */
  static Future<Survey> start(RequestExchange exchange, Object body, SurveyOptions options,
    long deadlineNanos, Calls calls) {
    var workers = exchange.resolution().now().route().workers();
    if (workers.length == 0) {
      throw Picker.nobody(exchange);
    }
    var round = new SurveyRound(calls, options.enough(), workers.length);
    for (int i = 0; i < workers.length; i++) {
      // Without a context the lane itself is told.
      var call = new PendingCall(
        exchange, body, options.call(), deadlineNanos, null, calls, true);
      call.target = workers[i];
      round.asked[i] = call;
    }
    // No worker answers within this loop: handlers never run in the sender's stack.
    for (var call : round.asked) {
      call.promise.future().onComplete(outcome -> round.ended(call.target, outcome));
      calls.start(call);
    }
    return round.done.future();
  }

  private void ended(Worker worker, AsyncResult<Reply> outcome) {
    var node = worker.node().name();
    if (outcome.succeeded()) {
      replies.add(new Survey.Answer(node, worker.id(), outcome.result()));
      if (replies.size() == enough) {
        dropTheRest();
      }
    } else {
      var failure = (SwitchboardException) outcome.cause();
      var list = isVerdict(failure.code()) ? failures : missing;
      list.add(new Survey.Unanswered(node, worker.id(), failure.code(), failure.getMessage()));
    }
    if (replies.size() + missing.size() + failures.size() == asked.length) {
      done.tryComplete(new Survey(
        List.copyOf(replies), List.copyOf(missing), List.copyOf(failures)));
    }
  }

  private void dropTheRest() {
    for (var call : asked) {
      if (!call.promise.future().isComplete()) {
        calls.fail(call, FailureCode.CANCELLED, "enough others had answered");
      }
    }
  }

  /** The handler has said so itself; everything else says that no answer came. */
  private static boolean isVerdict(FailureCode code) {
    return code == FailureCode.WORKER_FAILED || code == FailureCode.BAD_REQUEST
      || code == FailureCode.DENIED;
  }
}

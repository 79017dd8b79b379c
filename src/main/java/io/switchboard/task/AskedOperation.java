package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** An operation for whose outcome somebody waits. */
abstract class AskedOperation<T> extends Operation {
  private final Promise<T> promise = Promise.promise();
  private Context context;
  private Answers answers;
  private T outcome;
  private SwitchboardException failure;
  private boolean isSettled;

  AskedOperation(String exchange) {
    super(exchange);
  }

  /**
   * Lets the future complete on the asker's context; without this it does on the lane.
   *
   * @param asker null for a thread without a context
   * @param own   the answers of the lane on whose event loop that context is; null for another
   */
  void askedBy(Context asker, Answers own) {
    context = asker;
    answers = own;
  }

  Future<T> future() {
    return promise.future();
  }

  void succeeded(T result) {
    settle(result, null);
  }

  @Override
  void failed(FailureCode code, String text) {
    settle(null, new SwitchboardException(code, text));
  }

  private void settle(T result, SwitchboardException cause) {
    if (isSettled) {
      return;
    }
    isSettled = true;
    outcome = result;
    failure = cause;
    if (context == null) {
      tell();
    } else if (answers == null) {
      context.runOnContext(ignored -> tell());
    } else {
      answers.tell(this, context);
    }
  }

  /** On the asker's context. */
  void tell() {
    if (failure == null) {
      promise.complete(outcome);
    } else {
      promise.fail(failure);
    }
  }
}

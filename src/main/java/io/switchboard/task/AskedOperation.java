package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Promise;

/** An operation for whose outcome somebody waits. */
abstract class AskedOperation<T> extends Operation {
  final Promise<T> promise = Promise.promise();

  AskedOperation(String exchange) {
    super(exchange);
  }

  @Override
  void failed(FailureCode code, String text) {
    promise.tryFail(new SwitchboardException(code, text));
  }
}

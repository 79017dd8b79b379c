package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;

/** A message for which nobody waits; a failure is in the worker's figures only. */
final class OneWayDelivery extends Delivery {
  OneWayDelivery(Request request, LocalWorker worker) {
    super(request, worker);
  }

  @Override
  void answer(Object body, Headers headers) {
    // Nobody waits for it.
  }

  @Override
  void fail(FailureCode code, String message) {
    // Nobody waits for it.
  }
}

package io.switchboard.exchange;

import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;

/** A message for which nobody waits; a failure is in the worker's figures only. */
final class OneWayDelivery extends Delivery {
  OneWayDelivery(Request request, LocalWorker worker) {
    super(request, worker, CallMode.PLAIN);
  }

  @Override
  void answer(Object body, Headers headers) {
    // Nobody waits for it.
  }

  @Override
  void fail(FailureCode code, String message) {
    // Nobody waits for it.
  }

  @Override
  Object prepare(Object body) {
    throw noConversation();
  }

  @Override
  boolean chunk(int number, int weight, Object prepared) {
    throw noConversation();
  }

  @Override
  void end(int chunks) {
    throw noConversation();
  }

  @Override
  void question(int step, int remainingMillis, Headers headers, Object prepared) {
    throw noConversation();
  }

  private static IllegalStateException noConversation() {
    return new IllegalStateException("a one-way message is no conversation");
  }
}

package io.switchboard.exchange;

import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;

/** A message for which nobody waits; a failure is in the worker's figures only. */
final class OneWayDelivery extends Delivery {
  private final Tally tally;

  /** @param tally counts it for its sender on another node; null for one of this node */
  OneWayDelivery(Request request, LocalWorker worker, Tally tally) {
    super(request, worker, CallMode.PLAIN);
    this.tally = tally;
  }

  @Override
  void finished() {
    if (tally != null) {
      tally.done();
    }
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

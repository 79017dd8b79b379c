package io.switchboard.exchange;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;

/** A message that was handed to a worker of this node, and how its answer gets back. */
abstract class Delivery extends TimerWheel.Timer {
  private final Request request;
  private final LocalWorker worker;
  boolean finished;

  Delivery(Request request, LocalWorker worker) {
    this.request = request;
    this.worker = worker;
  }

  final Request request() {
    return request;
  }

  @Override
  protected final void onDeadline() {
    worker.abandon(this);
  }

  /** Sends the handler's answer. On a lane's thread; throws BAD_REQUEST for an unusable body. */
  abstract void answer(Object body, Headers headers);

  /** Sends a failure. On a lane's thread. */
  abstract void fail(FailureCode code, String message);
}

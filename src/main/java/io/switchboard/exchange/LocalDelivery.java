package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;

/** A request of this same node. Its answer hops to the caller's lane where that is another. */
final class LocalDelivery extends Delivery implements Runnable {
  private final PendingCall call;
  private Object body;
  private Headers headers;
  private FailureCode failure;
  private String message;

  LocalDelivery(Request request, LocalWorker worker, PendingCall call) {
    super(request, worker, call.mode());
    this.call = call;
  }

  @Override
  void answer(Object answer, Headers answerHeaders) {
    body = Body.copyForReceiver(answer);
    headers = answerHeaders;
    hop();
  }

  @Override
  void fail(FailureCode code, String text) {
    failure = code;
    message = text;
    hop();
  }

  private void hop() {
    var callerLane = call.calls.lane();
    if (Lane.current() == callerLane) {
      run();
    } else {
      callerLane.execute(this);
    }
  }

  @Override
  Object prepare(Object chunk) {
    return Body.copyForReceiver(chunk);
  }

  @Override
  boolean chunk(int number, int weight, Object prepared) {
    onCallersLane(() -> call.conversation.chunk(number, weight, prepared));
    return true;
  }

  @Override
  void end(int chunks) {
    onCallersLane(() -> call.conversation.ended(chunks));
  }

  @Override
  void question(int step, int remainingMillis, Headers questionHeaders, Object prepared) {
    onCallersLane(() -> call.conversation.asked(
      new Question(prepared, questionHeaders, step, remainingMillis, call.conversation)));
  }

  private void onCallersLane(Runnable action) {
    call.calls.lane().execute(() -> {
      if (!call.settled) {
        action.run();
      }
    });
  }

  /** On the caller's lane. */
  @Override
  public void run() {
    if (failure == null) {
      call.calls.reply(call, body, headers);
    } else {
      call.calls.failedByWorker(call, failure, message);
    }
  }
}

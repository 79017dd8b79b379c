package io.switchboard.exchange;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;

/** A message that was handed to a worker of this node, and how its answer gets back. */
abstract class Delivery extends TimerWheel.Timer {
  private final Request request;
  private final LocalWorker worker;
  private final CallMode mode;
  private volatile ChunkWriter<?> chunks;
  private volatile SwitchboardException cancelled;
  /** Set before the handler sees a conversation; a cancellation looks at it afterwards. */
  private volatile boolean taken;

  /** What follows belongs to the worker's home lane. */
  boolean finished;
  boolean holdsSlot;
  boolean held;
  Delivery heldBefore;
  Delivery heldAfter;
  long creditChunks;
  long creditBytes;
  private OpenQuestion question;
  private int steps;

  Delivery(Request request, LocalWorker worker, CallMode mode) {
    this.request = request;
    this.worker = worker;
    this.mode = mode;
    request.deliveredBy(this);
  }

  final Request request() {
    return request;
  }

  final LocalWorker worker() {
    return worker;
  }

  final CallMode mode() {
    return mode;
  }

  @Override
  protected final void onDeadline() {
    worker.abandon(this);
  }

  /** Sends the handler's answer. On a lane's thread; throws BAD_REQUEST for an unusable body. */
  abstract void answer(Object body, Headers headers);

  /** Sends a failure. On a lane's thread. */
  abstract void fail(FailureCode code, String message);

  /** What a body becomes before it is handed over. Any thread; throws BAD_REQUEST. */
  abstract Object prepare(Object body);

  /** Sends a chunk; false when it must wait a little. On the home lane. */
  abstract boolean chunk(int number, int weight, Object prepared);

  /** Sends the end of the stream. On the home lane. */
  abstract void end(int chunks);

  /** Asks the caller back. On the home lane. */
  abstract void question(int step, int remainingMillis, Headers headers, Object prepared);

  /** It is out of the worker's hands. Once, on the home lane. */
  void finished() {
  }

  /** The caller will say nothing more that is meant for this. On the home lane. */
  void closed() {
  }

  /** The handler is about to see it; false when it was cancelled before. */
  final boolean take() {
    taken = true;
    return cancelled == null;
  }

  final boolean isTaken() {
    return taken;
  }

  /** Why nobody waits any more; null while somebody does. Any thread. */
  final SwitchboardException cancelled() {
    return cancelled;
  }

  final void cancelled(SwitchboardException reason) {
    cancelled = reason;
  }

  /** The handler's chunk writer; null while it has asked for none. Any thread. */
  final ChunkWriter<?> chunks() {
    return chunks;
  }

  /** Gives the handler its chunk writer, or refuses the whole call. Any thread. */
  @SuppressWarnings("unchecked")
  final <T> ChunkWriter<T> openChunks() {
    if (!mode.isStream()) {
      throw conflict("answers in chunks: ask it with stream()");
    }
    if (chunks == null) {
      chunks = new ChunkWriter<>(this);
    }
    return (ChunkWriter<T>) chunks;
  }

  /** The receiver can take more. On the home lane. */
  final void credit(int moreChunks, int moreBytes) {
    creditChunks += moreChunks;
    creditBytes += moreBytes;
    if (chunks != null) {
      chunks.pump();
    }
  }

  /** Asks the caller back. Any thread. */
  final Future<Reply> ask(Object body, CallOptions options) {
    if (mode != CallMode.DIALOGUE) {
      return Future.failedFuture(conflict("asks back: ask it with converse()"));
    }
    var asked = new OpenQuestion(this, options);
    try {
      var prepared = prepare(body);
      worker.onHomeLane(() -> ask(asked, prepared));
    } catch (SwitchboardException unusable) {
      return Future.failedFuture(unusable);
    }
    return asked.future();
  }

  private void ask(OpenQuestion asked, Object prepared) {
    if (finished) {
      asked.fail(cancelled != null ? cancelled : new SwitchboardException(
        FailureCode.CANCELLED, "the dialogue is over"));
    } else if (question != null) {
      asked.fail(new SwitchboardException(
        FailureCode.CONFLICT, "another question of this dialogue is open"));
    } else {
      question = asked;
      asked.send(++steps, prepared);
    }
  }

  /** The open question when it has that number, which is then closed; else null. */
  final OpenQuestion takeQuestion(int step) {
    var open = question;
    if (open == null || open.step() != step) {
      return null;
    }
    question = null;
    return open;
  }

  /** Closes what is still open of it. On the home lane. */
  final void over(SwitchboardException reason) {
    closed();
    if (chunks != null) {
      chunks.close(reason);
    }
    if (question != null) {
      takeQuestion(question.step()).fail(reason);
    }
  }

  private SwitchboardException conflict(String what) {
    var message = "exchange '" + worker.exchange().name() + "': its worker " + what;
    worker.onHomeLane(() -> worker.refuse(this, FailureCode.CONFLICT, message));
    return new SwitchboardException(FailureCode.CONFLICT, message);
  }
}

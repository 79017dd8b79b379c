package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.CallMode;
import io.switchboard.message.ConversationFrames;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.trunk.Channel;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * The caller's side of a call about which more may be said: at the least, that it is cancelled.
 * On the caller's lane unless said otherwise.
 */
class Conversation {
  private final CallMode mode;
  private volatile boolean cancelled;
  private volatile PendingCall call;
  /** The worker's side when that is on this node. */
  private LocalDelivery local;

  Conversation(CallMode mode) {
    this.mode = mode;
  }

  /** Any thread. */
  final CallMode mode() {
    return mode;
  }

  final PendingCall call() {
    return call;
  }

  final Lane lane() {
    return call.calls.lane();
  }

  /** The call is on its way to the lane, or there already. Any thread. */
  final void begun(PendingCall call) {
    this.call = call;
    if (cancelled) {
      cancel();
    }
  }

  /** The caller wants nothing more: the worker is told. Idempotent. Any thread. */
  final void cancel() {
    cancelled = true;
    var begun = call;
    if (begun != null) {
      begun.calls.lane().execute(() -> end(FailureCode.CANCELLED, "it was cancelled"));
    }
  }

  /** Ends the call from this side and tells the worker. */
  final void end(FailureCode code, String why) {
    if (!call.settled) {
      tellCancelled();
      call.calls.fail(call, code, "exchange '" + call.exchange.name() + "': " + why);
    }
  }

  /** A worker of this node gets the call. */
  void handedTo(LocalDelivery delivery) {
    local = delivery;
  }

  /** The call has just been written to a worker of another node. */
  void sentTo(Channel channel, long correlation) {
    local = null;
  }

  void chunk(int number, int weight, Object body) {
    end(FailureCode.CONFLICT, "its worker sends chunks that nobody asked for");
  }

  void ended(int chunks) {
    end(FailureCode.CONFLICT, "its worker ends a stream that nobody asked for");
  }

  void asked(Question question) {
    end(FailureCode.CONFLICT, "its worker asks back, which nobody expects");
  }

  /** It is about to be sent; false when there is no room for one more. */
  boolean admitted(PendingCall starting) {
    return true;
  }

  /** The deadline has passed; true when it does not count. */
  boolean onDeadline() {
    return false;
  }

  /** The call is over, however. */
  void settled() {
  }

  final void tellCancelled() {
    toWorker(delivery -> delivery.worker().cancel(delivery, Conversations.cancelled()),
      out -> ConversationFrames.appendCancel(out, call.correlation));
  }

  final void grant(int chunks, int bytes) {
    toWorker(delivery -> delivery.credit(chunks, bytes),
      out -> ConversationFrames.appendCredit(out, call.correlation, chunks, bytes));
  }

  final void answer(int step, Object copy, Object prepared, Headers headers) {
    toWorker(delivery -> {
      var question = delivery.takeQuestion(step);
      if (question != null) {
        question.answer(copy, headers);
      }
    }, out -> ConversationFrames.appendAnswer(
      out, call.correlation, step, headers, prepared));
  }

  final void refuse(int step, FailureCode code, String text) {
    toWorker(delivery -> {
      var question = delivery.takeQuestion(step);
      if (question != null) {
        question.fail(new SwitchboardException(code, text));
      }
    }, out -> ConversationFrames.appendRefusal(out, call.correlation, step, code, text));
  }

  private void toWorker(Consumer<LocalDelivery> here, Consumer<Buffer> frame) {
    if (call.settled || call.worker == null) {
      return;
    }
    if (local != null) {
      var delivery = local;
      delivery.worker().onHomeLane(() -> here.accept(delivery));
      return;
    }
    var channel = call.calls.channelIfOpen(call.worker);
    if (channel != null) {
      frame.accept(channel.beginAnswer());
      channel.end();
    }
  }
}

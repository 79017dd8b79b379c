package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.CallMode;
import io.switchboard.message.ConversationFrames;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.trunk.Trunk;

/** A request of another node; its answer belongs to the lane there that sent it. */
final class RemoteDelivery extends Delivery {
  private final Trunk trunk;
  private final int fromLane;
  private final long correlation;
  private Conversations conversations;

  RemoteDelivery(Request request, LocalWorker worker, CallMode mode, Trunk trunk, int fromLane,
    long correlation) {
    super(request, worker, mode);
    this.trunk = trunk;
    this.fromLane = fromLane;
    this.correlation = correlation;
  }

  @Override
  void answer(Object body, Headers headers) {
    var prepared = Body.detach(Body.prepare(body));
    if (!trunk.takesAnswers()) {
      return;
    }
    var channel = trunk.channel(Lane.current(), fromLane);
    var out = channel.beginAnswer(Frames.sizeBound(null, null, headers, prepared));
    if (out == null) {
      fail(FailureCode.WORKER_FAILED, "the answer was dropped: too much waits for node "
        + trunk.peer().name());
      return;
    }
    Frames.appendReply(out, correlation, headers, prepared);
    channel.end(Body.tail(prepared));
  }

  @Override
  void fail(FailureCode code, String message) {
    fail(Lane.current(), trunk, fromLane, correlation, code, message);
  }

  static void fail(Lane lane, Trunk trunk, int fromLane, long correlation, FailureCode code,
    String message) {
    if (trunk.takesAnswers()) {
      var channel = trunk.channel(lane, fromLane);
      Frames.appendFailure(channel.beginAnswer(), correlation, code, message);
      channel.end();
    }
  }

  Conversations.Key key() {
    return new Conversations.Key(trunk.number(), fromLane, correlation);
  }

  /** It is known to the conversations until it is closed. On the home lane. */
  void knownTo(Conversations table) {
    conversations = table;
  }

  @Override
  void closed() {
    if (conversations != null) {
      conversations.remove(this);
    }
  }

  @Override
  Object prepare(Object body) {
    return Body.prepare(body);
  }

  /** Credit bounds a stream; the way that all streams share must have room beside it. */
  @Override
  boolean chunk(int number, int weight, Object prepared) {
    if (!trunk.takesAnswers()) {
      return true;
    }
    var channel = trunk.channel(Lane.current(), fromLane);
    var out = channel.begin(Frames.sizeBound(null, null, Headers.NONE, prepared));
    if (out == null) {
      return false;
    }
    ConversationFrames.appendChunk(out, correlation, number, weight, prepared);
    channel.end();
    return true;
  }

  @Override
  void end(int chunks) {
    if (trunk.takesAnswers()) {
      var channel = trunk.channel(Lane.current(), fromLane);
      ConversationFrames.appendEnd(channel.beginAnswer(), correlation, chunks);
      channel.end();
    }
  }

  @Override
  void question(int step, int remainingMillis, Headers headers, Object prepared) {
    if (trunk.takesAnswers()) {
      var channel = trunk.channel(Lane.current(), fromLane);
      ConversationFrames.appendQuestion(
        channel.beginAnswer(), correlation, step, remainingMillis, headers, prepared);
      channel.end();
    }
  }
}

package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.trunk.Trunk;

/** A request of another node; its answer belongs to the lane there that sent it. */
final class RemoteDelivery extends Delivery {
  private final Trunk trunk;
  private final int fromLane;
  private final long correlation;

  RemoteDelivery(
    Request request, LocalWorker worker, Trunk trunk, int fromLane, long correlation) {
    super(request, worker);
    this.trunk = trunk;
    this.fromLane = fromLane;
    this.correlation = correlation;
  }

  @Override
  void answer(Object body, Headers headers) {
    var prepared = Body.prepare(body);
    if (trunk.isOpen()) {
      var channel = trunk.channel(Lane.current(), fromLane);
      Frames.appendReply(channel.beginAnswer(), correlation, headers, prepared);
      channel.end();
    }
  }

  @Override
  void fail(FailureCode code, String message) {
    fail(Lane.current(), trunk, fromLane, correlation, code, message);
  }

  static void fail(Lane lane, Trunk trunk, int fromLane, long correlation, FailureCode code,
    String message) {
    if (trunk.isOpen()) {
      var channel = trunk.channel(lane, fromLane);
      Frames.appendFailure(channel.beginAnswer(), correlation, code, message);
      channel.end();
    }
  }
}

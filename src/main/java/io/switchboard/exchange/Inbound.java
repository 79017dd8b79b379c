package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.CallMode;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FragmentFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;

/** Hands what other nodes send for requests to the workers and callers it is meant for. */
final class Inbound implements FrameReceiver, TrunkListener {
  private final Core core;

  Inbound(Core core) {
    this.core = core;
  }

  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    switch (kind) {
      case Frames.CALL -> call(lane, from, fromLane, frame);
      case Frames.REPLY -> reply(lane, frame);
      case Frames.FAILURE -> failure(lane, frame);
      case FragmentFrames.FINISHED ->
        core.calls(lane).sends().finished(from, frame.readLong(), frame.readInt());
      default -> core.calls(lane).conversations().receive(from, fromLane, kind, frame);
    }
  }

  @Override
  public void refused(Lane lane, Trunk from, int fromLane, byte kind, FrameReader beginning) {
    if (kind == Frames.CALL) {
      boolean oneWay = (beginning.readUnsignedByte() & Frames.ONE_WAY) != 0;
      beginning.readLong();
      refuse(oneWay, lane, from, fromLane, beginning.readLong(), FailureCode.OVERLOADED);
    } else if (kind == Frames.REPLY) {
      core.calls(lane).failed(beginning.readLong(), FailureCode.WORKER_FAILED,
        "the answer was dropped: too many large messages are arriving");
    }
  }

  private void call(Lane lane, Trunk from, int fromLane, FrameReader frame) {
    int flags = frame.readUnsignedByte();
    boolean oneWay = (flags & Frames.ONE_WAY) != 0;
    var mode = CallMode.ofFlags(flags);
    var worker = core.workers.get(frame.readLong());
    long correlation = frame.readLong();
    int remaining = frame.readInt();
    if (remaining <= 0) {
      // Its caller has been told by his own node; nothing of it needs to be read.
      expired(worker);
      if (oneWay && worker != null) {
        worker.tallies().of(from, fromLane).done();
      }
      return;
    }
    long deadline = Deadline.fromRemaining(remaining, frame.nowNanos());
    var key = (flags & Frames.WITH_KEY) != 0 ? frame.readText() : null;
    var headers = headers(flags, frame);
    if (worker == null || (mode.isConversation() || oneWay) && worker.home() != lane) {
      refuse(oneWay, lane, from, fromLane, correlation, FailureCode.NO_WORKER);
      return;
    }
    var request = new Request(frame.readBody(), headers, key, deadline, oneWay);
    if (mode.isConversation()) {
      converse(lane, new RemoteDelivery(request, worker, mode, from, fromLane, correlation));
      return;
    }
    if (oneWay) {
      var tally = worker.tallies().of(from, fromLane);
      if (!worker.offer(new OneWayDelivery(request, worker, tally))) {
        tally.refused();
      }
      return;
    }
    var delivery = new RemoteDelivery(request, worker, mode, from, fromLane, correlation);
    if (!worker.offer(delivery)) {
      refuse(false, lane, from, fromLane, correlation, FailureCode.OVERLOADED);
    }
  }

  /** What is said later must find it, so it is known before a handler can answer it. */
  private void converse(Lane lane, RemoteDelivery delivery) {
    var conversations = core.calls(lane).conversations();
    if (!conversations.hold(delivery)) {
      delivery.fail(FailureCode.OVERLOADED, "");
    } else if (!delivery.worker().offer(delivery)) {
      conversations.remove(delivery);
      delivery.fail(FailureCode.OVERLOADED, "");
    }
  }

  private static void expired(LocalWorker worker) {
    if (worker != null) {
      worker.exchange().figures().abandoned.increment();
    }
  }

  private static void refuse(boolean oneWay, Lane lane, Trunk from, int fromLane,
    long correlation, FailureCode code) {
    if (!oneWay) {
      RemoteDelivery.fail(lane, from, fromLane, correlation, code, "");
    }
  }

  private void reply(Lane lane, FrameReader frame) {
    long correlation = frame.readLong();
    var headers = headers(frame.readUnsignedByte(), frame);
    core.calls(lane).replied(correlation, frame.readBody(), headers);
  }

  private void failure(Lane lane, FrameReader frame) {
    long correlation = frame.readLong();
    int number = frame.readUnsignedByte();
    var code = FailureCode.of(number).orElse(FailureCode.WORKER_FAILED);
    core.calls(lane).failed(correlation, code, frame.readText());
  }

  private static Headers headers(int flags, FrameReader frame) {
    return (flags & Frames.WITH_HEADERS) != 0 ? frame.readHeaders() : Headers.NONE;
  }

  @Override
  public void onLost(Trunk trunk, Lane lane, String reason) {
    core.calls(lane).nodeDown(trunk, reason);
    core.calls(lane).conversations().nodeDown(trunk, reason);
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    for (int i = 0; i < core.lanes.count(); i++) {
      var lane = core.lanes.get(i);
      lane.execute(() -> onLost(trunk, lane, reason));
    }
    if (trunk.state() == Trunk.State.GONE) {
      core.workers.all().forEach(worker -> worker.tallies().renew(trunk, true));
    }
  }

  @Override
  public void onUp(Trunk trunk) {
    for (int i = 0; i < core.lanes.count(); i++) {
      var lane = core.lanes.get(i);
      lane.execute(() -> core.calls(lane).conversations().nodeUp(trunk));
    }
    core.workers.all().forEach(worker -> worker.tallies().renew(trunk, false));
  }
}

package io.switchboard.collect;

import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.switchboard.trunk.Trunk;

/** Hands what other nodes send over collect exchanges to the collectors and outboxes here. */
final class CollectInbound {
  private final Collects collects;
  /** The collector that each lane's last entry was for: mostly the next one's too. */
  private final Collector[] last;

  CollectInbound(Collects collects) {
    this.collects = collects;
    this.last = new Collector[collects.lanes().count()];
  }

  void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    switch (kind) {
      case CollectFrames.ENTRY -> entry(lane, from, fromLane, frame);
      case CollectFrames.TAKEN -> taken(frame);
      default -> throw new MalformedFrame("frame kind " + kind);
    }
  }

  private void entry(Lane lane, Trunk from, int fromLane, FrameReader frame) {
    long id = frame.readLong();
    long epoch = frame.readLong();
    long number = frame.readLong();
    long dropped = frame.readLong();
    var collector = last[lane.index()];
    if (collector == null || collector.id() != id) {
      collector = collects.collector(id);
      last[lane.index()] = collector;
    }
    // For one that has left nothing is done: its node has told all producers what it has seen.
    if (collector != null && collector.home() == lane) {
      collector.receive(from, fromLane, epoch, number, dropped, frame);
    }
  }

  private void taken(FrameReader frame) {
    var exchange = collects.known(frame.readText());
    long epoch = frame.readLong();
    long number = frame.readLong();
    var outbox = exchange == null ? null : exchange.knownOutbox();
    if (outbox != null) {
      outbox.takenHere(epoch, number);
    }
  }
}

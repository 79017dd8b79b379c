package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.FrameReader;
import io.switchboard.trunk.Trunk;

/** Hands what other nodes send over collect exchanges to the collectors and outboxes here. */
final class CollectInbound {
  private final Core core;
  private final Exchanges exchanges;
  /** The collector that each lane's last entry was for: mostly the next one's too. */
  private final Collector[] last;

  CollectInbound(Core core, Exchanges exchanges) {
    this.core = core;
    this.exchanges = exchanges;
    this.last = new Collector[core.lanes.count()];
  }

  void entry(Lane lane, Trunk from, int fromLane, FrameReader frame) {
    long id = frame.readLong();
    long epoch = frame.readLong();
    long number = frame.readLong();
    long dropped = frame.readLong();
    var collector = last[lane.index()];
    if (collector == null || collector.id() != id) {
      collector = core.collectors.get(id);
      last[lane.index()] = collector;
    }
    // For one that has left nothing is done: its node has told all producers what it has seen.
    if (collector != null && collector.home() == lane) {
      collector.receive(from, fromLane, epoch, number, dropped, frame);
    }
  }

  void taken(FrameReader frame) {
    var exchange = exchanges.knownCollect(frame.readText());
    long epoch = frame.readLong();
    long number = frame.readLong();
    var outbox = exchange == null ? null : exchange.knownOutbox();
    if (outbox != null) {
      outbox.takenHere(epoch, number);
    }
  }
}

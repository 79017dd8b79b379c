package io.switchboard.exchange;

import io.switchboard.trunk.Trunk;
import java.util.ArrayList;

/** The tallies of one worker, one for each lane that sends it one-way messages. */
final class Tallies {
  private final LocalWorker worker;
  private final int mailbox;
  /** On the worker's home lane. */
  private final ArrayList<Tally> all = new ArrayList<>();

  Tallies(LocalWorker worker, int mailbox) {
    this.worker = worker;
    this.mailbox = mailbox;
  }

  /** Counts the one-way messages of one lane of a peer. On the home lane. */
  Tally of(Trunk from, int fromLane) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isOf(from, fromLane)) {
        return all.get(i);
      }
    }
    var tally = new Tally(worker, from, fromLane, mailbox);
    all.add(tally);
    return tally;
  }

  /** The peer is gone, or must be told again. Any thread. */
  void renew(Trunk peer, boolean gone) {
    worker.onHomeLane(() -> {
      if (gone) {
        all.removeIf(tally -> tally.isOf(peer));
      } else {
        all.stream().filter(tally -> tally.isOf(peer)).forEach(Tally::repeat);
      }
    });
  }
}

package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.message.FragmentFrames;
import io.switchboard.trunk.Trunk;

/**
 * How many one-way messages of one lane of a peer a worker has done with, which that lane is
 * told after a quarter of a mailbox or 256 of them, and otherwise soon. The number only grows,
 * so that a lost report is made good by the next one. On the worker's home lane.
 */
final class Tally extends TimerWheel.Timer {
  private static final long SOON_NANOS = 2 * TimerWheel.TICK_NANOS;
  private static final int REPORT_AFTER = 256;

  private final LocalWorker worker;
  private final Trunk trunk;
  private final int peerLane;
  private final int reportAfter;
  private int finished;
  private int reported;
  private int refused;

  Tally(LocalWorker worker, Trunk trunk, int peerLane, int mailbox) {
    this.worker = worker;
    this.trunk = trunk;
    this.peerLane = peerLane;
    reportAfter = Math.max(1, Math.min(REPORT_AFTER, mailbox / 4));
  }

  boolean isOf(Trunk other, int otherLane) {
    return trunk == other && peerLane == otherLane;
  }

  boolean isOf(Trunk other) {
    return trunk == other;
  }

  /** The handler has answered, or nobody will handle it. */
  void done() {
    finished++;
    if (finished - reported >= reportAfter) {
      report();
    } else {
      soon();
    }
  }

  /** There was no room: the sender learns of it when there is, and sends nothing until then. */
  void refused() {
    refused++;
    soon();
  }

  /** Something that was said may have been lost. */
  void repeat() {
    reported = finished - 1;
    soon();
  }

  private void soon() {
    if (!isRunning()) {
      lane().schedule(this, System.nanoTime() + SOON_NANOS);
    }
  }

  private Lane lane() {
    return worker.home();
  }

  @Override
  protected void onDeadline() {
    if (refused > 0 && worker.isHalfEmpty()) {
      finished += refused;
      refused = 0;
    }
    if (finished != reported) {
      report();
    }
    if (refused > 0) {
      soon();
    }
  }

  private void report() {
    if (trunk.takesAnswers()) {
      reported = finished;
      var channel = trunk.channel(lane(), peerLane);
      FragmentFrames.appendFinished(channel.beginAnswer(), worker.id(), finished);
      channel.end();
    }
  }
}

package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;

/**
 * Something that is asked of a queue's owner, and asked again of the next owner when the first
 * goes away: what is asked may therefore be done twice without harm. On one lane's thread.
 */
abstract class Operation extends TimerWheel.Timer {
  static final String NO_QUORUM = "too few nodes are in reach to keep tasks safely";

  final String exchange;
  long correlation;
  /** It may have been done already. */
  boolean again;
  /** Where it was sent last; meaningless while it is parked. */
  Trunk sentTo;
  boolean isSent;
  /** The operations on the same queue. */
  Operations.Line line;
  private Operations operations;

  Operation(String exchange) {
    this.exchange = exchange;
  }

  void begun(Operations by, Operations.Line among, long number) {
    operations = by;
    line = among;
    correlation = number;
  }

  /** Refused where too few nodes are in reach, rather than kept until they are. */
  boolean needsQuorum() {
    return false;
  }

  /** Bounded by something else than the trunk's room: never refused. */
  boolean isBounded() {
    return true;
  }

  abstract int sizeBound();

  abstract void write(Buffer out);

  /** The owner has done it; its answer stands in the frame. */
  abstract void done(FrameReader answer);

  abstract void failed(FailureCode code, String text);

  /** It has no deadline by default. */
  @Override
  protected void onDeadline() {
    boolean mayBeDone = isSent || again;
    operations.end(this);
    failed(FailureCode.DEADLINE, mayBeDone
      ? "exchange '" + exchange + "': no answer of the queue's owner; it may have been done"
      : "exchange '" + exchange + "': the queue's owner is not in reach");
  }

  int flagAgain() {
    return again ? TaskFrames.AGAIN : 0;
  }
}

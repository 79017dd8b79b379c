package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.message.FrameReader;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;

/**
 * Puts frames on their way to a lane of any node. What is for this node's own lanes travels as
 * frames too, one hand-over for each tick, so that there is one way for all. On its lane's
 * thread only.
 */
final class Post {
  private static final int SMALLEST_BATCH = 1_024;

  private final Lane lane;
  private final FrameReceiver receiver;
  private final Buffer[] batches;
  /** About as large as the batches to each lane have been, so that one need not grow. */
  private final int[] expected;
  private Trunk open;
  private int openLane;

  Post(Lane lane, FrameReceiver receiver) {
    this.lane = lane;
    this.receiver = receiver;
    this.batches = new Buffer[lane.lanes().count()];
    this.expected = new int[batches.length];
  }

  Lane lane() {
    return lane;
  }

  /** How many lanes the node has to which the trunk leads; null is this node. */
  int lanesOf(Trunk to) {
    return to == null ? batches.length : to.peer().lanes();
  }

  /** Where to append one frame, {@link #end} follows; null when too much waits for that node. */
  Buffer begin(Trunk to, int toLane, int sizeBound) {
    open = to;
    openLane = toLane;
    return to == null ? own(toLane) : to.channel(lane, toLane).begin(sizeBound);
  }

  /** Like {@link #begin}, for what is bounded otherwise; never null. */
  Buffer beginAnswer(Trunk to, int toLane) {
    open = to;
    openLane = toLane;
    return to == null ? own(toLane) : to.channel(lane, toLane).beginAnswer();
  }

  private Buffer own(int toLane) {
    var batch = batches[toLane];
    if (batch == null) {
      batch = Buffer.buffer(Math.max(SMALLEST_BATCH, expected[toLane]));
      batches[toLane] = batch;
      lane.atEndOfTick(() -> handOver(toLane));
    }
    return batch;
  }

  /** Ends the frame that was begun last. */
  void end() {
    if (open != null) {
      open.channel(lane, openLane).end();
    }
  }

  private void handOver(int toLane) {
    var batch = batches[toLane];
    batches[toLane] = null;
    expected[toLane] = (batch.length() + expected[toLane]) / 2;
    var target = lane.lanes().get(toLane);
    target.execute(() -> {
      var reader = new FrameReader();
      reader.reset(batch, 0);
      for (byte kind = reader.nextFrame(); kind != 0; kind = reader.nextFrame()) {
        receiver.receive(target, null, lane.index(), kind, reader);
      }
    });
  }
}

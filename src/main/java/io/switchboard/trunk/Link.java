package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** What carries batches from lane to lane. Order is kept between two lanes. */
interface Link {
  /** Takes batches for this node's lanes from now on and hands them to the receiver. */
  Future<Void> open(Receiver receiver);

  /**
   * The way from one of this node's lanes to one of a peer's. On the lane's thread.
   *
   * @param onLost is told when the way breaks that was open, as soon as the link knows
   */
  Way to(Peer peer, int peerLane, Consumer<Throwable> onLost);

  /** Takes no more batches. */
  Future<Void> close();

  /** Takes a batch, on the thread of the lane it was sent to. */
  @FunctionalInterface
  interface Receiver {
    void receive(Lane lane, Buffer batch);
  }

  /** Sends batches one way. On one lane's thread. */
  interface Way {
    /** The link owns the batch from now on. A failed future: nothing gets through. */
    Future<Void> send(Buffer batch);

    /** Gives back what it holds; the next batch may open it again. */
    void close();
  }
}

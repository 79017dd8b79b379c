package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.switchboard.message.FrameReader;

/** Takes the frames that other nodes send. Called on the thread of the lane that they reach. */
@FunctionalInterface
public interface FrameReceiver {
  /**
   * Takes one frame. Throws MalformedFrame when it is not what the protocol says; the rest of
   * its batch is then dropped.
   *
   * @param fromLane the sender's lane, to which answers belong
   * @param kind     one of the constants of Frames
   * @param frame    stands behind the kind; must not be kept
   */
  void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame);

  /**
   * Is told of a large frame for which there was no memory; it will not be received.
   *
   * @param kind      the kind of that frame
   * @param beginning stands behind the kind; the frame's first bytes, the others are missing
   */
  default void refused(
    Lane lane, Trunk from, int fromLane, byte kind, FrameReader beginning) {
  }
}

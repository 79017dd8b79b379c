package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.vertx.core.json.JsonObject;

/** Learns what happens to trunks; but for {@link #onLost} on the control lane. */
public interface TrunkListener {
  /** Both sides know each other: messages may be sent. Also after each {@link #onDown}. */
  default void onUp(Trunk trunk) {
  }

  /** The peer said GOODBYE, fell silent or cannot be reached; what is pending there is lost. */
  default void onDown(Trunk trunk, String reason) {
  }

  /**
   * The peer lives and has lost sight of this node: what is pending there is lost as well. Instead
   * of {@link #onDown}, and without anything else the same; {@link #onUp} is about to follow.
   */
  default void onForgotten(Trunk trunk, String reason) {
    onDown(trunk, reason);
  }

  /**
   * A lane has lost its way to the peer: what is pending there and belongs to that lane is lost.
   * On that lane, before {@link #onDown}.
   */
  default void onLost(Trunk trunk, Lane lane, String reason) {
  }

  /** A node of the same name was there first; this one must not go on. */
  default void onNameTaken() {
  }

  /** The peer has changed what it says of itself. */
  default void onPeerChanged(Trunk trunk) {
  }

  /** A control message of the cluster's own, or a heartbeat; in order for each peer. */
  default void onControl(Trunk trunk, String type, JsonObject content) {
  }

  /** What this node adds to its heartbeat. */
  default void onHeartbeat(JsonObject heartbeat) {
  }
}

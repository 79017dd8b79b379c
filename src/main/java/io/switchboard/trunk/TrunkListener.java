package io.switchboard.trunk;

import io.vertx.core.json.JsonObject;

/** Learns what happens to trunks. Every method is called on the control lane. */
public interface TrunkListener {
  /** Both sides know each other: messages may be sent. Also after each {@link #onDown}. */
  default void onUp(Trunk trunk) {
  }

  /** The peer said GOODBYE, fell silent or cannot be reached; what is pending there is lost. */
  default void onDown(Trunk trunk, String reason) {
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

package io.switchboard.trunk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * Carries the few messages with which nodes find each other, watch each other and agree on
 * routes. On the control lane's thread only.
 */
interface Control {
  /** Takes messages from now on, broadcast or meant for this node. */
  Future<Void> open(Consumer<JsonObject> receiver);

  /** To every node of the cluster that listens, this one included. */
  void broadcast(JsonObject message);

  /** To one node; a failed future means that it cannot be reached. */
  Future<Void> send(long incarnation, JsonObject message);

  /** Forgets what it keeps for a node that is gone. */
  void forget(long incarnation);

  /** Takes no more messages. */
  Future<Void> close();
}

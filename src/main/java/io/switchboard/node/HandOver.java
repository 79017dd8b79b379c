package io.switchboard.node;

import io.switchboard.cluster.HazelcastCluster;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Whether a node that leaves moves what it keeps to others: not when they leave as well. Nodes
 * that are stopped together hear of one another within moments, so it looks for some time before
 * it says that one stays; handing over to a node that leaves takes Hazelcast seconds.
 */
final class HandOver {
  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final int LOOKS = 20;

  private final Vertx vertx;
  private final HazelcastCluster cluster;
  private final Members members;

  HandOver(Vertx vertx, HazelcastCluster cluster, Members members) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.members = members;
  }

  /** Completes within 0.2 s; while this node still hears of the others. */
  Future<Boolean> isNeeded() {
    Promise<Boolean> needed = Promise.promise();
    look(LOOKS, needed);
    return needed.future();
  }

  private void look(int left, Promise<Boolean> needed) {
    if (!cluster.keepsAnything() || members.leaving().containsAll(cluster.others())) {
      needed.complete(false);
    } else if (left == 0) {
      needed.complete(true);
    } else {
      vertx.setTimer(LOOK_AGAIN_MILLIS, id -> look(left - 1, needed));
    }
  }
}

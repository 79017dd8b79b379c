package io.switchboard.exchange;

import io.switchboard.routing.Worker;
import io.switchboard.trunk.Trunk;
import java.util.HashMap;
import java.util.Map;

/**
 * The workers of other nodes that one lane has sent one-way messages to. Their nodes say now and
 * then how many they have done with, in one number for all; until then a message counts as in
 * flight, so that a worker that reads nothing is known to be full where messages are sent. On
 * that lane's thread.
 */
final class OneWays {
  private static final int SWEEP_ABOVE = 1_024;

  private final int lane;
  private final Map<Integer, Map<Long, Worker>> byTrunk = new HashMap<>();
  private int sweepAbove = SWEEP_ABOVE;

  OneWays(int lane) {
    this.lane = lane;
  }

  void sent(Worker worker) {
    if (worker.sentOneWay(lane)) {
      var known = byTrunk.computeIfAbsent(worker.node().trunk(), number -> new HashMap<>());
      known.put(worker.id(), worker);
      if (known.size() > sweepAbove) {
        known.values().removeIf(each -> each.forgetOneWay(lane));
        sweepAbove = Math.max(SWEEP_ABOVE, 2 * known.size());
      }
    }
  }

  /** The worker's node has done with so many of this lane's messages since they met. */
  void finished(Trunk trunk, long worker, int total) {
    var known = byTrunk.getOrDefault(trunk.number(), Map.of()).get(worker);
    if (known != null) {
      known.finishedOneWay(lane, total);
    }
  }

  /** Nothing is known of what was under way; it counts as lost. */
  void nodeDown(Trunk trunk) {
    var known = byTrunk.remove(trunk.number());
    if (known != null) {
      known.values().forEach(worker -> {
        worker.loseOneWays(lane);
        worker.forgetOneWay(lane);
      });
    }
  }
}

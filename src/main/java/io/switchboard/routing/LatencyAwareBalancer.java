package io.switchboard.routing;

/**
 * The cheaper of two drawn at random, where the cost is how long the worker takes times how many
 * it would then have in hand (the peak EWMA balancer of Twitter's Finagle). A slow worker gets
 * little even while it is idle. One of which nothing is known yet gets one request at a time.
 */
final class LatencyAwareBalancer implements Balancer {
  private static final double UNKNOWN = 1e12;

  @Override
  public int choose(Candidates candidates, String key) {
    int size = candidates.size();
    int first = candidates.random(size);
    int second = size == 1 ? first : (first + 1 + candidates.random(size - 1)) % size;
    boolean firstHasRoom = candidates.hasRoom(first);
    boolean secondHasRoom = candidates.hasRoom(second);
    if (firstHasRoom && secondHasRoom) {
      return cost(candidates, second) < cost(candidates, first) ? second : first;
    }
    if (firstHasRoom || secondHasRoom) {
      return firstHasRoom ? first : second;
    }
    return cheapest(candidates);
  }

  private static int cheapest(Candidates candidates) {
    int best = NOBODY;
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.hasRoom(i)
        && (best == NOBODY || cost(candidates, i) < cost(candidates, best))) {
        best = i;
      }
    }
    return best;
  }

  private static double cost(Candidates candidates, int index) {
    double latency = candidates.latency(index);
    int load = candidates.load(index);
    if (latency == 0) {
      return load == 0 ? 0 : UNKNOWN * load;
    }
    return latency * (load + 1);
  }
}

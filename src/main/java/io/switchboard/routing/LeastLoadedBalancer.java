package io.switchboard.routing;

/**
 * The less loaded of two drawn at random (Mitzenmacher, "The power of two choices in
 * randomized load balancing", 2001): close to the best, without a herd running to one worker.
 */
final class LeastLoadedBalancer implements Balancer {
  @Override
  public int choose(Candidates candidates, String key) {
    int size = candidates.size();
    int first = candidates.random(size);
    int second = size == 1 ? first : (first + 1 + candidates.random(size - 1)) % size;
    boolean firstHasRoom = candidates.hasRoom(first);
    boolean secondHasRoom = candidates.hasRoom(second);
    if (firstHasRoom && secondHasRoom) {
      return candidates.load(second) < candidates.load(first) ? second : first;
    }
    if (firstHasRoom || secondHasRoom) {
      return firstHasRoom ? first : second;
    }
    return leastLoaded(candidates);
  }

  private static int leastLoaded(Candidates candidates) {
    int best = NOBODY;
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.hasRoom(i)
        && (best == NOBODY || candidates.load(i) < candidates.load(best))) {
        best = i;
      }
    }
    return best;
  }
}

package io.switchboard.routing;

import java.util.Arrays;

/**
 * Each as often as its weight says, well mixed (the smooth weighted round robin of nginx): of
 * weights 3, 1, 1 comes a b a c a, and never a a a. The share of a full worker goes to the others.
 */
final class WeightedBalancer implements Balancer {
  private static final int[] NOTHING = {};

  /** What each worker has coming, for each lane. */
  private final int[][] credits;

  WeightedBalancer(int lanes) {
    credits = new int[lanes][];
    Arrays.fill(credits, NOTHING);
  }

  @Override
  public int choose(Candidates candidates, String key) {
    int size = candidates.size();
    var credit = credits[candidates.lane()];
    if (credit.length != size) {
      // Who came or went has moved the others' places; after one round it is even again.
      credit = new int[size];
      credits[candidates.lane()] = credit;
    }
    int best = NOBODY;
    int total = 0;
    for (int i = 0; i < size; i++) {
      if (candidates.hasRoom(i)) {
        int weight = candidates.weight(i);
        total += weight;
        credit[i] += weight;
        if (best == NOBODY || credit[i] > credit[best]) {
          best = i;
        }
      }
    }
    if (best != NOBODY) {
      credit[best] -= total;
    }
    return best;
  }
}

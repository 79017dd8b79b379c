package io.switchboard.routing;

/**
 * The same worker for the same key while it is not much busier than the others (Mirrokni, Thorup
 * and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2018, over rendezvous hashing): a
 * popular key spills over to its next worker instead of drowning its first. A message without a
 * key goes to the less loaded of two.
 */
final class StickyBalancer implements Balancer {
  /** A worker may have a quarter more in hand than the average … */
  private static final double OVER_AVERAGE = 1.25;
  /** … and this many beside, or a worker that has little to do would lose its keys. */
  private static final int SLACK = 4;

  private final Balancer withoutKey = new LeastLoadedBalancer();

  @Override
  public int choose(Candidates candidates, String key) {
    if (key == null) {
      return withoutKey.choose(candidates, null);
    }
    int most = bound(candidates);
    long keyHash = Hash.of(key);
    int best = NOBODY;
    int bestBusy = NOBODY;
    long bestScore = 0;
    long bestBusyScore = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (!candidates.hasRoom(i)) {
        continue;
      }
      long score = Hash.mix(keyHash ^ candidates.identity(i));
      if (candidates.load(i) >= most) {
        if (bestBusy == NOBODY || Long.compareUnsigned(score, bestBusyScore) > 0) {
          bestBusy = i;
          bestBusyScore = score;
        }
      } else if (best == NOBODY || Long.compareUnsigned(score, bestScore) > 0) {
        best = i;
        bestScore = score;
      }
    }
    return best != NOBODY ? best : bestBusy;
  }

  /** What a worker has in hand that gets nothing more while others have less. */
  private static int bound(Candidates candidates) {
    long sum = 1;
    for (int i = 0; i < candidates.size(); i++) {
      sum += candidates.load(i);
    }
    return (int) Math.ceil(OVER_AVERAGE * sum / candidates.size()) + SLACK;
  }
}

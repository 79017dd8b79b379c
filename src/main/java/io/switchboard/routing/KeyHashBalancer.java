package io.switchboard.routing;

/**
 * The same worker for the same key, from every node (rendezvous hashing, Thaler and
 * Ravishankar, 1998): when a worker comes or goes only its own keys move. A key whose worker
 * is full goes to its next; a message without a key goes to any.
 */
final class KeyHashBalancer implements Balancer {
  private final Balancer withoutKey = new RandomBalancer();

  @Override
  public int choose(Candidates candidates, String key) {
    if (key == null) {
      return withoutKey.choose(candidates, null);
    }
    long keyHash = Hash.of(key);
    int best = NOBODY;
    long bestScore = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (!candidates.hasRoom(i)) {
        continue;
      }
      long score = Hash.mix(keyHash ^ candidates.identity(i));
      if (best == NOBODY || Long.compareUnsigned(score, bestScore) > 0) {
        best = i;
        bestScore = score;
      }
    }
    return best;
  }
}

package io.switchboard.routing;

import java.util.concurrent.ThreadLocalRandom;

/** Each in turn: equal workers get equal shares. */
final class RoundRobinBalancer implements Balancer {
  private static final int STRIDE = 16;

  /** The next turn of each lane; they start apart, so that lanes do not march in step. */
  private final int[] turns;

  RoundRobinBalancer(int lanes) {
    turns = new int[lanes * STRIDE];
    for (int lane = 0; lane < lanes; lane++) {
      turns[lane * STRIDE] = ThreadLocalRandom.current().nextInt(1 << 16);
    }
  }

  @Override
  public int choose(Candidates candidates, String key) {
    int cell = candidates.lane() * STRIDE;
    int size = candidates.size();
    int turn = turns[cell];
    for (int tried = 0; tried < size; tried++) {
      int index = turn >= size ? turn % size : turn;
      turn = index + 1;
      if (candidates.hasRoom(index)) {
        turns[cell] = turn;
        return index;
      }
    }
    return NOBODY;
  }
}

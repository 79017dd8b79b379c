package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;

/** How long to wait before the next attempt. */
final class Backoff {
  private static final int MOST_DOUBLINGS = 40;

  private Backoff() {
  }

  /**
   * Doubles with every attempt in vain, up to the longest; half of it is left to chance, so that
   * tasks that failed together do not come back together.
   *
   * @param attempts so many were in vain, at least 1
   * @param chance   from 0 to 1
   */
  static long millis(TaskOptions options, int attempts, double chance) {
    double grown = (double) options.backoff().toMillis()
      * (1L << Math.min(MOST_DOUBLINGS, attempts - 1));
    double pause = Math.min(grown, options.maxBackoff().toMillis());
    return Math.max(1, Math.round(pause / 2 + chance * pause / 2));
  }
}

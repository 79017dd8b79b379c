package io.switchboard.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** At most so many restarts in a period; who dies more often is left down. */
final class RestartBudget {
  private final int limit;
  private final Duration period;
  private final ArrayDeque<Instant> restarts = new ArrayDeque<>();

  RestartBudget(int limit, Duration period) {
    this.limit = limit;
    this.period = period;
  }

  /** True when one more restart is allowed now; it is counted then. */
  boolean take(Instant now) {
    while (!restarts.isEmpty() && !restarts.peek().plus(period).isAfter(now)) {
      restarts.remove();
    }
    if (restarts.size() >= limit) {
      return false;
    }
    restarts.add(now);
    return true;
  }
}

package io.switchboard.collect;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Notices that this process has stood still, by the gaps between its own ticks. What it takes
 * for the state of its peers just after waking is old: connections that broke while it slept
 * look like peers that died. So for a while it goes on counting those that were there before,
 * until they had time to say what has happened meanwhile. Not thread-safe.
 */
final class Wakefulness {
  private final long gapNanos;
  private final long graceNanos;
  private Set<Long> before = Set.of();
  private long lastTick;
  private long graceEnd;

  /**
   * @param gapNanos   a longer time without a tick was sleep
   * @param graceNanos how long peers have after it
   */
  Wakefulness(long gapNanos, long graceNanos, long now) {
    this.gapNanos = gapNanos;
    this.graceNanos = graceNanos;
    this.lastTick = now;
    this.graceEnd = now;
  }

  /** Ticks begin now; what was before was no sleep. */
  void begin(long now) {
    lastTick = now;
  }

  /** To be called often, and before every decision; true when this process has slept. */
  boolean tick(long now) {
    boolean slept = now - lastTick > gapNanos;
    lastTick = now;
    if (slept) {
      graceEnd = now + graceNanos;
    }
    return slept;
  }

  /** The end of the time after sleep; in the past when there is none. */
  long graceEnd() {
    return graceEnd;
  }

  /**
   * The nodes whose votes count: those in reach, and just after sleep all that were known.
   *
   * @param known those in reach, and those that are silent but not gone
   */
  Reach reach(Collection<Long> inReach, Collection<Long> known, long now) {
    if (now - graceEnd >= 0) {
      before = Set.copyOf(known);
      return new Reach(Set.copyOf(inReach), false);
    }
    var all = new HashSet<>(before);
    all.addAll(known);
    return new Reach(all, true);
  }
}

package io.switchboard.collect;

import java.util.HashMap;
import java.util.Map;

/**
 * Until when one collector may act: it holds the votes of other nodes, each for the length of a
 * lease. To begin it needs the vote of every node in reach, so that whoever has been active was
 * heard by somebody; to go on, those of a majority are enough. A holder counts a lease from the
 * moment at which it asked, and a fifth shorter than the voter does: it always stops first. Not
 * thread-safe.
 */
final class Tenure {
  private final long leaseNanos;
  private final Map<Long, Long> askedAt = new HashMap<>();

  /** Without any vote. */
  Tenure(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /** A node has given its vote. @param asked when it was asked, by this node's clock */
  void granted(long node, long asked) {
    askedAt.merge(node, asked, (before, now) -> now - before > 0 ? now : before);
  }

  /** A node has refused its vote. */
  void refused(long node) {
    askedAt.remove(node);
  }

  /**
   * True when the votes of all these nodes are in hand, and are enough.
   *
   * @param quorum the least number of votes, its own node's included, whatever is in reach
   */
  boolean mayBegin(Reach reach, int quorum, long now) {
    return reach.others().size() + 1 >= quorum
      && reach.others().stream().allMatch(node -> isValid(askedAt.get(node), now));
  }

  private boolean isValid(Long asked, long now) {
    return asked != null && now - (asked + heldNanos()) < 0;
  }

  private long heldNanos() {
    return leaseNanos - leaseNanos / 5;
  }

  /**
   * The moment until which the collector may act; not after {@code now} when it may not. Just
   * after sleep it takes every vote: others may have slept as well, and know no more.
   *
   * @param quorum the least number of votes, its own node's included, whatever is in reach
   */
  long until(Reach reach, int quorum, long now) {
    var others = reach.others();
    int all = others.size() + 1;
    int needed = Math.max(reach.justWoke() ? all : all / 2 + 1, quorum) - 1;
    if (needed == 0) {
      return now + heldNanos();
    }
    var ends = others.stream().map(askedAt::get).filter(asked -> isValid(asked, now))
      .mapToLong(asked -> asked + heldNanos() - now).sorted().toArray();
    return ends.length < needed ? now : now + ends[ends.length - needed];
  }
}

package io.switchboard.routing;

import java.util.List;
import java.util.function.Predicate;

/**
 * Picks the node whose members of a group get an event: each as often as it has members.
 * Pure: successive positions give successive picks.
 */
public final class GroupChoice {
  /** 2^64 divided by the golden ratio: multiples of it fall evenly wherever one stops. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private GroupChoice() {
  }

  /** The position from which one of several pickers starts, so that they do not go in step. */
  public static long start(int picker) {
    return (long) picker * 1_000_003;
  }

  /** The share whose turn it is among the usable ones; null when there is none. */
  public static Share choose(List<Share> shares, long position, Predicate<Share> usable) {
    long members = 0;
    for (int i = 0; i < shares.size(); i++) {
      members += usable.test(shares.get(i)) ? shares.get(i).members() : 0;
    }
    if (members == 0) {
      return null;
    }
    long ticket = (position * GOLDEN >>> 32) * members >>> 32;
    for (int i = 0; i < shares.size(); i++) {
      var share = shares.get(i);
      if (usable.test(share)) {
        ticket -= share.members();
        if (ticket < 0) {
          return share;
        }
      }
    }
    throw new IllegalStateException("a share changed while it was looked at");
  }
}

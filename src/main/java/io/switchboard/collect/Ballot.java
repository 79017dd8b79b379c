package io.switchboard.collect;

/**
 * One node's vote on who may be the active collector of one exchange. It is given to one at a
 * time, for the length of a lease, and to another one only when that lease has run out or was
 * given back. Not thread-safe.
 */
final class Ballot {
  /** The answer to a collector that asks. */
  enum Verdict {
    /** The vote is the asker's for the length of a lease from now. */
    GRANTED,
    /** The vote is another's at present. */
    HELD,
    /** A later reign has begun: the asker's is over. */
    DEPOSED
  }

  private final long leaseNanos;
  private Claim holder;
  private boolean released;
  private long expires;
  private Epoch begun;
  private Epoch latest;

  /** Nobody has the vote. @param begun the last epoch that is known to have begun */
  Ballot(long leaseNanos, Epoch begun) {
    this.leaseNanos = leaseNanos;
    this.begun = begun;
    latest = begun;
  }

  /**
   * Asks for the vote, or for more time with it.
   *
   * @param active the asker's reign has begun: he had the votes that it takes
   */
  Verdict ask(Claim claim, boolean active, long now) {
    var epoch = claim.epoch();
    if (epoch.compareTo(begun) < 0) {
      return Verdict.DEPOSED;
    }
    latest = latest.max(epoch);
    if (active) {
      begun = epoch;
    }
    if (holder != null && holder.equals(claim)) {
      if (released) {
        return Verdict.DEPOSED;
      }
    } else if (isHeld(now)) {
      return Verdict.HELD;
    }
    holder = claim;
    released = false;
    expires = now + leaseNanos;
    return Verdict.GRANTED;
  }

  /** The holder of this epoch gives the vote back; false when somebody else has it. */
  boolean release(Epoch epoch) {
    if (holder == null || !holder.epoch().equals(epoch)) {
      return false;
    }
    released = true;
    return true;
  }

  /** This node has slept and missed renewals: the holder is not to suffer from it. */
  void extend(long until) {
    if (until - expires > 0) {
      expires = until;
    }
  }

  /** True while the vote is somebody's. */
  boolean isHeld(long now) {
    return holder != null && !released && now - expires < 0;
  }

  /** Who had the vote last and has not given it back; null for nobody. */
  Claim holder() {
    return released ? null : holder;
  }

  /** True when the holder's reign has begun. */
  boolean hasBegun() {
    return holder() != null && holder.epoch().equals(begun);
  }

  /** The latest epoch that was heard of, whether it began or not. */
  Epoch latest() {
    return latest;
  }
}

package io.switchboard.collect;

/** Learns when a collector becomes the active one, on the collector's own context. */
public interface CollectListener {
  /**
   * It is the active one from now on; comes before the first entry.
   *
   * @param epoch the number of its reign
   * @param lost  how many entries, at most, were lost with the one before; the first entry's
   *              {@link Entry#lost()} says so too
   */
  default void onActive(long epoch, long lost) {
  }

  /** It is no longer the active one: it was detached, or another one has taken over. */
  default void onStandby(String reason) {
  }
}

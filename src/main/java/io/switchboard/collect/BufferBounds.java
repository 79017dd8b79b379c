package io.switchboard.collect;

/**
 * How much a producing node keeps for one exchange.
 *
 * @param entries  the most entries, waiting and on their way
 * @param bytes    the most bytes of them
 * @param window   the most entries on their way; half of {@code entries} at most
 * @param overflow what happens with one more
 */
public record BufferBounds(int entries, long bytes, int window, Overflow overflow) {
  /** Half stays for what waits, so that there is something to drop when it must. */
  public BufferBounds {
    window = Math.max(1, Math.min(window, entries / 2));
  }
}

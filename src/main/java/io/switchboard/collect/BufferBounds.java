package io.switchboard.collect;

import io.switchboard.exchange.CollectOptions;
import io.switchboard.exchange.Overflow;

/**
 * How much a producing node keeps for one exchange.
 *
 * @param entries  the most entries, waiting and on their way
 * @param bytes    the most bytes of them
 * @param window   the most entries on their way; half of {@code entries} at most
 * @param overflow what happens with one more
 */
record BufferBounds(int entries, long bytes, int window, Overflow overflow) {
  /** Half stays for what waits, so that there is something to drop when it must. */
  BufferBounds {
    window = Math.max(1, Math.min(window, entries / 2));
  }

  static BufferBounds of(CollectOptions options) {
    return new BufferBounds(options.bufferEntries(), options.bufferBytes(), options.mailbox(),
      options.overflow());
  }
}

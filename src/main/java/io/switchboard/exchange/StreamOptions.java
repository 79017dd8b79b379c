package io.switchboard.exchange;

/**
 * How far a worker may run ahead of the receiver of its chunks. Immutable; keep and reuse it.
 *
 * @param chunks the most chunks that are under way or unread
 * @param bytes  the most bytes of them; one chunk may go beyond
 */
public record StreamOptions(int chunks, int bytes) {
  /** 64 chunks or 1 MiB. */
  public static final StreamOptions DEFAULT = new StreamOptions(64, 1 << 20);

  private static final int MAX_CHUNKS = 65_536;
  private static final int MAX_BYTES = 64 << 20;

  public StreamOptions {
    if (chunks < 1 || chunks > MAX_CHUNKS || bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("a window of " + chunks + " chunks and " + bytes
        + " bytes; it has 1 to " + MAX_CHUNKS + " chunks and 1 to " + MAX_BYTES + " bytes");
    }
  }

  /** A window of so many chunks. */
  public static StreamOptions window(int chunks) {
    return new StreamOptions(chunks, DEFAULT.bytes);
  }

  /** The same with another bound in bytes. */
  public StreamOptions bytes(int bytes) {
    return new StreamOptions(chunks, bytes);
  }
}

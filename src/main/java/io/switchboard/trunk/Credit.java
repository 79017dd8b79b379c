package io.switchboard.trunk;

/**
 * How much may be under way without confirmation. Batches are numbered; a confirmation of one
 * confirms all before it, so that one that was lost on the way cannot leak credit. Pure, not
 * thread-safe.
 */
final class Credit {
  private final int maxBytes;
  private final int maxMessages;
  /** A ring of what is under way: number, bytes and messages of each batch. */
  private int[] ring = new int[3 * 64];
  private int first;
  private int count;
  private long bytes;
  private int messages;

  Credit(int maxBytes, int maxMessages) {
    this.maxBytes = maxBytes;
    this.maxMessages = maxMessages;
  }

  /** True when a batch of that size may go now; one alone may always, whatever its size. */
  boolean allows(int moreBytes, int moreMessages) {
    return count == 0
      || bytes + moreBytes <= maxBytes && messages + moreMessages <= maxMessages;
  }

  void sent(int number, int batchBytes, int batchMessages) {
    if (count * 3 == ring.length) {
      grow();
    }
    int cell = (first + count) * 3 % ring.length;
    ring[cell] = number;
    ring[cell + 1] = batchBytes;
    ring[cell + 2] = batchMessages;
    count++;
    bytes += batchBytes;
    messages += batchMessages;
  }

  /** Frees everything up to that number; true when that was anything. */
  boolean confirmed(int number) {
    boolean progress = false;
    while (count > 0 && number - ring[first * 3] >= 0) {
      bytes -= ring[first * 3 + 1];
      messages -= ring[first * 3 + 2];
      first = (first + 1) % (ring.length / 3);
      count--;
      progress = true;
    }
    return progress;
  }

  /** Forgets what is under way: the other side is gone or begins anew. */
  void reset() {
    first = 0;
    count = 0;
    bytes = 0;
    messages = 0;
  }

  boolean isUnused() {
    return count == 0;
  }

  /** True when nothing up to that number is under way any more. */
  boolean isConfirmed(int number) {
    return count == 0 || ring[first * 3] - number > 0;
  }

  long bytesUnderWay() {
    return bytes;
  }

  private void grow() {
    var larger = new int[ring.length * 2];
    int head = ring.length - first * 3;
    System.arraycopy(ring, first * 3, larger, 0, head);
    System.arraycopy(ring, 0, larger, head, first * 3);
    ring = larger;
    first = 0;
  }
}

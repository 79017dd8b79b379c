package io.switchboard.trunk;

import io.switchboard.message.FragmentFrames;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory a node gives to large frames that are still arriving, from all peers
 * together: a quarter of the heap, and always enough for one. Thread-safe.
 */
final class LargeMemory {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  LargeMemory(long heap) {
    limit = Math.max(FragmentFrames.MAX_FRAME, heap / 4);
  }

  /** False when there is not so much left; then nothing was taken. */
  boolean take(int bytes) {
    long before = used.get();
    while (before + bytes <= limit) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  void giveBack(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}

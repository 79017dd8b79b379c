package io.switchboard.exchange;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A lane's pending calls by correlation number: a slot and how often it was used, so that an
 * answer that comes too late finds nothing. No hashing, no boxing. On one lane's thread.
 */
final class PendingTable {
  /** The most calls that one lane may have pending. */
  static final int MAX = 1 << 16;

  private PendingCall[] slots = new PendingCall[256];
  private int[] uses = new int[256];
  private int[] free = new int[256];
  private int freeCount;
  private int used;

  /** False when the table is full. */
  boolean add(PendingCall call) {
    int slot;
    if (freeCount > 0) {
      slot = free[--freeCount];
    } else if (used == MAX) {
      return false;
    } else {
      slot = used++;
      if (slot == slots.length) {
        grow();
      }
    }
    slots[slot] = call;
    call.correlation = (long) uses[slot] << 32 | slot;
    return true;
  }

  /** Null when it is not pending any more. */
  PendingCall get(long correlation) {
    int slot = (int) correlation;
    return slot >= 0 && slot < used && uses[slot] == (int) (correlation >>> 32)
      ? slots[slot] : null;
  }

  void remove(PendingCall call) {
    int slot = (int) call.correlation;
    slots[slot] = null;
    uses[slot]++;
    free[freeCount++] = slot;
  }

  /** All that match, as they are now. */
  PendingCall[] select(Predicate<PendingCall> predicate) {
    return Arrays.stream(slots, 0, used).filter(call -> call != null && predicate.test(call))
      .toArray(PendingCall[]::new);
  }

  int size() {
    return used - freeCount;
  }

  private void grow() {
    slots = Arrays.copyOf(slots, slots.length * 2);
    uses = Arrays.copyOf(uses, uses.length * 2);
    free = Arrays.copyOf(free, free.length * 2);
  }
}

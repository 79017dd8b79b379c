package io.switchboard.task;

/**
 * One change of a slot. Repeating it does no harm.
 *
 * @param action what is done
 * @param slot   where
 * @param at     how many bytes stand there before what is appended; 0 otherwise
 * @param bytes  what is put or appended; empty for a removal
 */
public record Change(Action action, Slot slot, int at, byte[] bytes) {
  /** What is done to a slot. */
  public enum Action {
    /** Fills a slot of the ledger's own epoch. */
    PUT,
    /** Adds to what stands in a slot that exists; what was appended there before goes. */
    APPEND,
    /** Empties a slot; one that is empty stays so. */
    REMOVE
  }

  private static final byte[] NOTHING = new byte[0];

  static Change put(Slot slot, byte[] bytes) {
    return new Change(Action.PUT, slot, 0, bytes);
  }

  static Change append(Slot slot, int at, byte[] bytes) {
    return new Change(Action.APPEND, slot, at, bytes);
  }

  static Change remove(Slot slot) {
    return new Change(Action.REMOVE, slot, 0, NOTHING);
  }
}

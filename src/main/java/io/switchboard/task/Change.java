package io.switchboard.task;

/**
 * One change of a slot. Repeating it does no harm but for an appended piece that is there twice.
 *
 * @param action what is done
 * @param slot   where
 * @param bytes  what is put or appended; empty for a removal
 */
public record Change(Action action, Slot slot, byte[] bytes) {
  /** What is done to a slot. */
  public enum Action {
    /** Fills a slot of the ledger's own epoch. */
    PUT,
    /** Adds to what stands in a slot that exists. */
    APPEND,
    /** Empties a slot; one that is empty stays so. */
    REMOVE
  }

  private static final byte[] NOTHING = new byte[0];

  static Change put(Slot slot, byte[] bytes) {
    return new Change(Action.PUT, slot, bytes);
  }

  static Change append(Slot slot, byte[] bytes) {
    return new Change(Action.APPEND, slot, bytes);
  }

  static Change remove(Slot slot) {
    return new Change(Action.REMOVE, slot, NOTHING);
  }
}

package io.switchboard.task;

/**
 * A place in the store of one exchange.
 *
 * @param type   what stands there
 * @param epoch  that of the ledger which fills it: nobody else ever does
 * @param number counts the slots of one epoch upwards
 */
public record Slot(Type type, int epoch, int number) implements Comparable<Slot> {
  /**
   * How far ahead of what it has stored an owner may write. It makes one write at a time, of no
   * more new numbers than this, and keeps the slot of its highest number until a higher one is
   * stored; so whoever takes over knows which slots it might still fill.
   */
  public static final int AHEAD = 3;

  /** What stands in a slot. */
  public enum Type {
    /** Tasks as they were submitted, and what became of them. */
    SEGMENT('s'),
    /** Idempotency keys. */
    KEYS('i');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }
  }

  /** The reverse of {@link #toString()}; null for anything else. */
  public static Slot parse(String text) {
    var parts = text.split("\\.");
    if (parts.length != 3 || parts[0].length() != 1) {
      return null;
    }
    for (var type : Type.values()) {
      if (type.letter == parts[0].charAt(0)) {
        return new Slot(
          type, Integer.parseInt(parts[1], 16), Integer.parseInt(parts[2], 16));
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return type.letter + "." + Integer.toHexString(epoch) + "." + Integer.toHexString(number);
  }

  /** By age. */
  @Override
  public int compareTo(Slot other) {
    int byEpoch = Integer.compare(epoch, other.epoch);
    int byNumber = byEpoch != 0 ? byEpoch : Integer.compare(number, other.number);
    return byNumber != 0 ? byNumber : type.compareTo(other.type);
  }
}

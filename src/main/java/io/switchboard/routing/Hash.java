package io.switchboard.routing;

/** 64-bit hashes that are the same on every node: FNV-1a over characters, SplitMix64 mixing. */
public final class Hash {
  private Hash() {
  }

  /** The hash of a text. */
  public static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /** Spreads the bits of a number over all 64 (the finisher of SplitMix64). */
  public static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}

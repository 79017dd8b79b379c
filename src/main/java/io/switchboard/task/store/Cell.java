package io.switchboard.task.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** How an entry of a map is written: the owner's epoch, whether it is sealed, then the bytes. */
final class Cell {
  private static final int EPOCH = 4;
  private static final int HEADER = EPOCH + 1;
  private static final byte DATA = 0;
  private static final byte SEALED = 1;

  private Cell() {
  }

  static byte[] data(int epoch, byte[] bytes) {
    return ByteBuffer.allocate(HEADER + bytes.length).putInt(epoch).put(DATA).put(bytes).array();
  }

  /** Holds nothing, and nobody of an earlier epoch can put anything there. */
  static byte[] sealed(int epoch) {
    return ByteBuffer.allocate(HEADER + Long.BYTES).putInt(epoch).put(SEALED)
      .putLong(System.currentTimeMillis()).array();
  }

  static int epoch(byte[] cell) {
    return ByteBuffer.wrap(cell).getInt();
  }

  static boolean isSealed(byte[] cell) {
    return cell[EPOCH] == SEALED;
  }

  /** When it was sealed, in milliseconds of the wall clock. */
  static long sealedAt(byte[] cell) {
    return ByteBuffer.wrap(cell).getLong(HEADER);
  }

  static byte[] bytes(byte[] cell) {
    return Arrays.copyOfRange(cell, HEADER, cell.length);
  }

  static byte[] appended(byte[] cell, byte[] more) {
    return MemoryStore.joined(cell, more);
  }

  /** The same under another epoch. */
  static byte[] takenOver(byte[] cell, int epoch) {
    var taken = cell.clone();
    ByteBuffer.wrap(taken).putInt(epoch);
    return taken;
  }
}

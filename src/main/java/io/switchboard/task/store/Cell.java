package io.switchboard.task.store;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands in one slot: the owner's epoch, whether it is sealed, and bytes in the pieces in
 * which they came, so that appending copies nothing. The map keeps it as this object; it is
 * changed by its partition's thread only.
 */
final class Cell implements IdentifiedDataSerializable {
  private int epoch;
  /** When it was sealed, in milliseconds of the wall clock; 0 when it was not. */
  private long sealedAt;
  private final List<byte[]> pieces = new ArrayList<>();
  private int length;

  /** For reading. */
  Cell() {
  }

  private Cell(int epoch, long sealedAt) {
    this.epoch = epoch;
    this.sealedAt = sealedAt;
  }

  static Cell data(int epoch, byte[] bytes) {
    var cell = new Cell(epoch, 0);
    cell.append(0, bytes);
    return cell;
  }

  /** Holds nothing, and nobody of an earlier epoch can put anything there. */
  static Cell sealed(int epoch, long nowMillis) {
    return new Cell(epoch, nowMillis);
  }

  int epoch() {
    return epoch;
  }

  boolean isSealed() {
    return sealedAt != 0;
  }

  long sealedAt() {
    return sealedAt;
  }

  /** From now on it is the later owner's. */
  void takeOver(int later) {
    epoch = later;
  }

  /** What stands behind that place goes first; false, and nothing done, where a gap would be. */
  boolean append(int at, byte[] bytes) {
    if (at > length) {
      return false;
    }
    cut(at);
    pieces.add(bytes);
    length += bytes.length;
    return true;
  }

  private void cut(int at) {
    while (length > at) {
      var last = pieces.remove(pieces.size() - 1);
      length -= last.length;
      if (length < at) {
        pieces.add(Arrays.copyOf(last, at - length));
        length = at;
      }
    }
  }

  byte[] bytes() {
    var all = ByteBuffer.allocate(length);
    pieces.forEach(all::put);
    return all.array();
  }

  @Override
  public int getFactoryId() {
    return StoreFactory.ID;
  }

  @Override
  public int getClassId() {
    return StoreFactory.CELL;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(epoch);
    out.writeLong(sealedAt);
    out.writeByteArray(bytes());
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    epoch = in.readInt();
    sealedAt = in.readLong();
    append(0, in.readByteArray());
  }
}

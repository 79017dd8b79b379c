package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.switchboard.task.Change.Action;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Applies the changes of one write, where the entry still belongs to the writer's epoch. Runs
 * on the partition's thread of the primary and of every backup.
 */
final class WriteProcessor
  implements EntryProcessor<String, byte[], Boolean>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  private int epoch;
  /** By key; what is not serialized as such is written by hand below. */
  private transient Map<String, Piece> pieces = new HashMap<>();

  /** One change; {@code sealing} leaves a closed entry behind instead of none. */
  record Piece(Action action, boolean sealing, byte[] bytes) {
  }

  /** For reading. */
  WriteProcessor() {
  }

  WriteProcessor(int epoch, Map<String, Piece> pieces) {
    this.epoch = epoch;
    this.pieces = pieces;
  }

  /** True when the entry is as wanted, false when it belongs to a later owner. */
  @Override
  public Boolean process(Map.Entry<String, byte[]> entry) {
    var piece = pieces.get(entry.getKey());
    var value = entry.getValue();
    if (value == null) {
      return processAbsent(entry, piece);
    }
    if (Cell.epoch(value) != epoch) {
      return false;
    }
    switch (piece.action) {
      case PUT -> entry.setValue(Cell.data(epoch, piece.bytes));
      case APPEND -> entry.setValue(Cell.appended(value, piece.bytes));
      case REMOVE -> entry.setValue(piece.sealing ? Cell.sealed(epoch) : null);
      default -> throw new IllegalStateException(piece.toString());
    }
    return true;
  }

  private Boolean processAbsent(Map.Entry<String, byte[]> entry, Piece piece) {
    if (piece.action == Action.PUT) {
      entry.setValue(Cell.data(epoch, piece.bytes));
    }
    // A later owner may have moved what stood here: nothing can be noted on it any more.
    return piece.action != Action.APPEND;
  }

  @Override
  public int getFactoryId() {
    return StoreFactory.ID;
  }

  @Override
  public int getClassId() {
    return StoreFactory.WRITE;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(epoch);
    out.writeInt(pieces.size());
    for (var piece : pieces.entrySet()) {
      out.writeString(piece.getKey());
      out.writeByte(piece.getValue().action.ordinal());
      out.writeBoolean(piece.getValue().sealing);
      out.writeByteArray(piece.getValue().bytes);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    epoch = in.readInt();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      pieces.put(in.readString(), new Piece(
        Action.values()[in.readByte()], in.readBoolean(), in.readByteArray()));
    }
  }
}

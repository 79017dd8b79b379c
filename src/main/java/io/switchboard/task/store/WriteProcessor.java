package io.switchboard.task.store;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.switchboard.task.Change.Action;
import java.io.IOException;
import java.util.Map;

/**
 * Makes one change, where the entry still belongs to the writer's epoch. Runs on the
 * partition's thread of the primary and of every backup.
 */
final class WriteProcessor extends OfEpoch<Boolean> {
  private static final long serialVersionUID = 1;

  private Action action;
  private boolean sealing;
  private int at;
  private byte[] bytes;

  /** For reading. */
  WriteProcessor() {
    super(0);
  }

  /** @param sealing a removal leaves a closed entry behind instead of none */
  WriteProcessor(int epoch, Action action, boolean sealing, int at, byte[] bytes) {
    super(epoch);
    this.action = action;
    this.sealing = sealing;
    this.at = at;
    this.bytes = bytes;
  }

  /** True when the entry is as wanted, false when it belongs to a later owner. */
  @Override
  public Boolean process(Map.Entry<String, Object> entry) {
    var cell = (Cell) entry.getValue();
    if (cell == null) {
      if (action == Action.PUT) {
        entry.setValue(Cell.data(epoch, bytes));
      }
      // A later owner may have moved what stood here: nothing can be added to it any more.
      return action != Action.APPEND;
    }
    if (cell.epoch() != epoch) {
      return false;
    }
    switch (action) {
      case PUT -> entry.setValue(Cell.data(epoch, bytes));
      case APPEND -> {
        // With a gap more was lost than there are backups: the queue is to be read anew.
        if (!cell.append(at, bytes)) {
          return false;
        }
        entry.setValue(cell);
      }
      case REMOVE -> entry.setValue(
        sealing ? Cell.sealed(epoch, System.currentTimeMillis()) : null);
      default -> throw new IllegalStateException(action.toString());
    }
    return true;
  }

  @Override
  public int getClassId() {
    return StoreFactory.WRITE;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    super.writeData(out);
    out.writeByte(action.ordinal());
    out.writeBoolean(sealing);
    out.writeInt(at);
    out.writeByteArray(bytes);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    super.readData(in);
    action = Action.values()[in.readByte()];
    sealing = in.readBoolean();
    at = in.readInt();
    bytes = in.readByteArray();
  }
}

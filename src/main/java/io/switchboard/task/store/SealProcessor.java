package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;

/**
 * Takes entries over for a new epoch, and closes those that a former owner might still fill.
 * Returns what stood there; null when a later owner has it already.
 */
final class SealProcessor
  implements EntryProcessor<String, Object, Cell>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  private int epoch;

  /** For reading. */
  SealProcessor() {
  }

  SealProcessor(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public Cell process(Map.Entry<String, Object> entry) {
    var cell = (Cell) entry.getValue();
    if (cell == null) {
      cell = Cell.sealed(epoch);
    } else if (cell.epoch() > epoch) {
      return null;
    } else {
      cell.takeOver(epoch);
    }
    entry.setValue(cell);
    return cell;
  }

  @Override
  public int getFactoryId() {
    return StoreFactory.ID;
  }

  @Override
  public int getClassId() {
    return StoreFactory.SEAL;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(epoch);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    epoch = in.readInt();
  }
}

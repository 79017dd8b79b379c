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
  implements EntryProcessor<String, byte[], byte[]>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  private int epoch;

  /** For reading. */
  SealProcessor() {
  }

  SealProcessor(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    var value = entry.getValue();
    if (value != null && Cell.epoch(value) > epoch) {
      return null;
    }
    var taken = value == null ? Cell.sealed(epoch) : Cell.takenOver(value, epoch);
    entry.setValue(taken);
    return taken;
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

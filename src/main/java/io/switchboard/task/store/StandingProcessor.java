package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Finds out whether an epoch is the last one. It writes what stands there: only where the backups
 * confirm it is the answer not that of a node that others have given up meanwhile.
 */
final class StandingProcessor
  implements EntryProcessor<String, Object, Boolean>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  private int epoch;

  /** For reading. */
  StandingProcessor() {
  }

  StandingProcessor(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public Boolean process(Map.Entry<String, Object> entry) {
    var state = (byte[]) entry.getValue();
    if (state == null || ByteBuffer.wrap(state).getInt() != epoch) {
      return false;
    }
    entry.setValue(state);
    return true;
  }

  @Override
  public int getFactoryId() {
    return StoreFactory.ID;
  }

  @Override
  public int getClassId() {
    return StoreFactory.STANDING;
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

package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;

/**
 * What an owner does to an entry in its epoch. Runs on the partition's thread of the primary and
 * of every backup.
 */
abstract class OfEpoch<R>
  implements EntryProcessor<String, Object, R>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  /** That of the owner. */
  int epoch;

  /** @param epoch anything for one that is about to be read */
  OfEpoch(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public final int getFactoryId() {
    return StoreFactory.ID;
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

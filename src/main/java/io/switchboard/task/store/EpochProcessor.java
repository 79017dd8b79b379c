package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Begins a new epoch, or notes that all before it are sealed. The entry holds the epoch and the
 * last one whose slots are known to be sealed, and so does the answer.
 */
final class EpochProcessor
  implements EntryProcessor<String, Object, byte[]>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  /** Zero to begin a new epoch; else the epoch before which everything is sealed. */
  private int sealed;
  /** The first epoch ever; later than all of a life of the exchange that was lost. */
  private int first;

  /** For reading. */
  EpochProcessor() {
  }

  private EpochProcessor(int sealed, int first) {
    this.sealed = sealed;
    this.first = first;
  }

  static EpochProcessor begin(int first) {
    return new EpochProcessor(0, first);
  }

  static EpochProcessor sealedBefore(int epoch) {
    return new EpochProcessor(epoch, 0);
  }

  @Override
  public byte[] process(Map.Entry<String, Object> entry) {
    var before = entry.getValue() == null ? null : ByteBuffer.wrap((byte[]) entry.getValue());
    int epoch = before == null ? 0 : before.getInt(0);
    int sealedUpTo = before == null ? first - 1 : before.getInt(Integer.BYTES);
    if (sealed == 0) {
      epoch = before == null ? first : epoch + 1;
    } else if (epoch == sealed) {
      sealedUpTo = sealed - 1;
    }
    var after = ByteBuffer.allocate(2 * Integer.BYTES).putInt(epoch).putInt(sealedUpTo).array();
    entry.setValue(after);
    return after;
  }

  @Override
  public int getFactoryId() {
    return StoreFactory.ID;
  }

  @Override
  public int getClassId() {
    return StoreFactory.EPOCH;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(sealed);
    out.writeInt(first);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    sealed = in.readInt();
    first = in.readInt();
  }
}

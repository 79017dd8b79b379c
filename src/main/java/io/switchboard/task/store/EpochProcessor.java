package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;

/**
 * Looks at the {@link Head} of an exchange, begins a new epoch, or notes that all before it are
 * sealed. Answers with what stands there then.
 */
final class EpochProcessor
  implements EntryProcessor<String, Object, byte[]>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1;

  /** What is done. */
  private enum Action {
    LOOK, BEGIN, ERASE, NOTE_SEALED
  }

  private Action action;
  /** The epoch before which all is sealed; to begin, the first one ever. */
  private int epoch;
  private int life;

  /** For reading. */
  EpochProcessor() {
  }

  private EpochProcessor(Action action, int epoch, int life) {
    this.action = action;
    this.epoch = epoch;
    this.life = life;
  }

  /** Changes nothing; null when nothing stands there. */
  static EpochProcessor look() {
    return new EpochProcessor(Action.LOOK, 0, 0);
  }

  /** @param first the epoch of an exchange that has none */
  static EpochProcessor begin(int first, int life) {
    return new EpochProcessor(Action.BEGIN, first, life);
  }

  /** Begins an epoch if something of an earlier life may stand here; null if not. */
  static EpochProcessor erase(int life) {
    return new EpochProcessor(Action.ERASE, 0, life);
  }

  static EpochProcessor sealedBefore(int epoch) {
    return new EpochProcessor(Action.NOTE_SEALED, epoch, 0);
  }

  @Override
  public byte[] process(Map.Entry<String, Object> entry) {
    var before = Head.of(entry.getValue());
    if (action == Action.LOOK) {
      return before == null ? null : before.bytes();
    }
    var after = switch (action) {
      case BEGIN -> before == null ? Head.first(epoch, life) : before.next(life);
      case ERASE -> before == null || !before.isBefore(life) ? null : before.erasing();
      case NOTE_SEALED -> before == null || before.epoch() != epoch ? null : before.allSealed();
      default -> throw new IllegalStateException(action.toString());
    };
    if (after == null) {
      return null;
    }
    var bytes = after.bytes();
    entry.setValue(bytes);
    return bytes;
  }

  @Override
  public EntryProcessor<String, Object, byte[]> getBackupProcessor() {
    return action == Action.LOOK ? null : this;
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
    out.writeByte(action.ordinal());
    out.writeInt(epoch);
    out.writeInt(life);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    action = Action.values()[in.readByte()];
    epoch = in.readInt();
    life = in.readInt();
  }
}

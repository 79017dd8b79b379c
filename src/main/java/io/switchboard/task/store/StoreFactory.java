package io.switchboard.task.store;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes what travels between the nodes that hold the entries; the numbers are never used again. */
final class StoreFactory implements DataSerializableFactory {
  static final int ID = 7_301;
  static final int WRITE = 1;
  static final int SEAL = 2;
  static final int EPOCH = 3;
  static final int CELL = 4;
  static final int STANDING = 5;
  static final int EXPIRE = 6;

  @Override
  public IdentifiedDataSerializable create(int typeId) {
    return switch (typeId) {
      case WRITE -> new WriteProcessor();
      case SEAL -> new SealProcessor();
      case EPOCH -> new EpochProcessor();
      case CELL -> new Cell();
      case STANDING -> new StandingProcessor();
      case EXPIRE -> new ExpireProcessor();
      default -> throw new IllegalArgumentException("type " + typeId);
    };
  }
}

package io.switchboard.task.store;

import com.hazelcast.map.ExtendedMapEntry;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets an entry that only keeps former owners out go after a while. Whoever opens the exchange
 * until then keeps it by writing it anew.
 */
final class ExpireProcessor extends OfEpoch<Boolean> {
  /** Longer than any operation can be on its way. */
  static final long AFTER_MINUTES = 10;

  private static final long serialVersionUID = 1;

  /** For reading. */
  ExpireProcessor() {
    super(0);
  }

  ExpireProcessor(int epoch) {
    super(epoch);
  }

  /** True when nobody of a later epoch was there. */
  @Override
  public Boolean process(Map.Entry<String, Object> entry) {
    var value = entry.getValue();
    boolean isOwn = value instanceof Cell cell ? cell.isSealed() && cell.epoch() == epoch
      : value != null && ByteBuffer.wrap((byte[]) value).getInt() == epoch;
    if (isOwn) {
      ((ExtendedMapEntry<String, Object>) entry)
        .setValue(value, AFTER_MINUTES, TimeUnit.MINUTES);
    }
    return isOwn;
  }

  @Override
  public int getClassId() {
    return StoreFactory.EXPIRE;
  }
}

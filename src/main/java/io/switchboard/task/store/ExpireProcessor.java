package io.switchboard.task.store;

import com.hazelcast.map.ExtendedMapEntry;
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
    boolean isOwn = isOwn(entry.getValue());
    if (isOwn) {
      ((ExtendedMapEntry<String, Object>) entry)
        .setValue(entry.getValue(), AFTER_MINUTES, TimeUnit.MINUTES);
    }
    return isOwn;
  }

  private boolean isOwn(Object value) {
    if (value instanceof Cell cell) {
      return cell.isSealed() && cell.epoch() == epoch;
    }
    var head = Head.of(value);
    return head != null && head.epoch() == epoch;
  }

  @Override
  public int getClassId() {
    return StoreFactory.EXPIRE;
  }
}

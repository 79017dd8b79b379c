package io.switchboard.task.store;

import java.util.Map;

/**
 * Finds out whether an epoch is the last one. It writes what stands there: only where the backups
 * confirm it is the answer not that of a node that others have given up meanwhile.
 */
final class StandingProcessor extends OfEpoch<Boolean> {
  private static final long serialVersionUID = 1;

  /** For reading. */
  StandingProcessor() {
    super(0);
  }

  StandingProcessor(int epoch) {
    super(epoch);
  }

  @Override
  public Boolean process(Map.Entry<String, Object> entry) {
    var head = Head.of(entry.getValue());
    if (head == null || head.epoch() != epoch) {
      return false;
    }
    entry.setValue(entry.getValue());
    return true;
  }

  @Override
  public int getClassId() {
    return StoreFactory.STANDING;
  }
}

package io.switchboard.task.store;

import java.util.Map;

/**
 * Takes entries over for a new epoch, and closes those that a former owner might still fill.
 * Returns what stood there; null when a later owner has it already.
 */
final class SealProcessor extends OfEpoch<Cell> {
  private static final long serialVersionUID = 1;

  /** For reading. */
  SealProcessor() {
    super(0);
  }

  SealProcessor(int epoch) {
    super(epoch);
  }

  @Override
  public Cell process(Map.Entry<String, Object> entry) {
    var cell = (Cell) entry.getValue();
    if (cell == null) {
      cell = Cell.sealed(epoch, System.currentTimeMillis());
    } else if (cell.epoch() > epoch) {
      return null;
    } else {
      cell.takeOver(epoch);
    }
    entry.setValue(cell);
    return cell;
  }

  @Override
  public int getClassId() {
    return StoreFactory.SEAL;
  }
}

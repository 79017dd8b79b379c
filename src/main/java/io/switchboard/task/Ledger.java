package io.switchboard.task;

import io.vertx.core.Future;
import java.util.List;

/** The right to write to one exchange's slots, until somebody else opens them. */
public interface Ledger {
  /** Grows with every takeover of the exchange; positive, below 2^31. */
  int epoch();

  /**
   * Applies all changes. True when they are stored, here and on every backup; false when
   * somebody else has taken over: then some of them may be stored, and this ledger is of no
   * further use. A failure leaves open what was stored, and the same call may be repeated.
   * Without changes it finds out whether somebody else has. Not to be called before the call
   * before has completed.
   */
  Future<Boolean> write(List<Change> changes);
}

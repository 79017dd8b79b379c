package io.switchboard.task;

import io.switchboard.lane.Lane;
import java.util.function.BooleanSupplier;

/**
 * Hands tasks out at the end of a tick in which there is a reason to. What another owner may be
 * handing out is not handed out here as well: where the last proof that the queue belongs to this
 * node is old, a new one comes first. On the queue's lane.
 */
final class HandOut {
  private final Lane lane;
  private final Leases leases;
  private final Journal journal;
  private final Leases.Starter starter;
  private final BooleanSupplier mayHandOut;
  private boolean scheduled;
  private boolean makingCertain;

  HandOut(Lane lane, Leases leases, Journal journal, Leases.Starter starter,
    BooleanSupplier mayHandOut) {
    this.lane = lane;
    this.leases = leases;
    this.journal = journal;
    this.starter = starter;
    this.mayHandOut = mayHandOut;
  }

  /** There is a task more, or room for one at a worker. */
  void schedule() {
    if (!scheduled && mayHandOut.getAsBoolean()) {
      scheduled = true;
      lane.atEndOfTick(this::now);
    }
  }

  void now() {
    scheduled = false;
    if (!mayHandOut.getAsBoolean()) {
      return;
    }
    if (journal.isCertain(System.nanoTime())) {
      leases.handOut(starter);
    } else if (!makingCertain) {
      makingCertain = true;
      journal.makeCertain(() -> {
        makingCertain = false;
        schedule();
      });
    }
  }
}

package io.switchboard.task.store;

import com.hazelcast.map.IMap;
import io.switchboard.task.Change;
import io.switchboard.task.Ledger;
import io.switchboard.task.Slot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes to the slots of one exchange: one operation of the cluster for each write. */
final class MapLedger implements Ledger {
  private final IMap<String, byte[]> map;
  private final Function<Slot, String> keys;
  private final int epoch;
  /** The last slots of former epochs: a former owner's late write must find them closed. */
  private final Set<Slot> tails;

  MapLedger(
    IMap<String, byte[]> map, Function<Slot, String> keys, int epoch, Set<Slot> tails) {
    this.map = map;
    this.keys = keys;
    this.epoch = epoch;
    this.tails = tails;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public Future<Boolean> write(List<Change> changes) {
    var pieces = new HashMap<String, WriteProcessor.Piece>();
    for (var change : changes) {
      boolean sealing = change.action() == Change.Action.REMOVE && tails.contains(change.slot());
      pieces.put(keys.apply(change.slot()),
        new WriteProcessor.Piece(change.action(), sealing, change.bytes()));
    }
    Promise<Boolean> written = Promise.promise();
    try {
      map.submitToKeys(pieces.keySet(), new WriteProcessor(epoch, pieces))
        .whenComplete((results, failure) -> {
          if (failure != null) {
            written.fail(failure);
          } else {
            written.complete(!results.containsValue(false));
          }
        });
    } catch (RuntimeException notSent) {
      written.fail(notSent);
    }
    return written.future();
  }
}

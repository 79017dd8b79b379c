package io.switchboard.task.store;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.task.Change;
import io.switchboard.task.Change.Action;
import io.switchboard.task.Ledger;
import io.switchboard.task.Slot;
import io.switchboard.task.Slot.Type;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes to the slots of one exchange: a few operations of the cluster for each write. */
final class MapLedger implements Ledger {
  private final IMap<String, Object> map;
  private final Function<Slot, String> keys;
  private final String epochKey;
  private final int epoch;
  /** The last slots of former epochs: a former owner's late write must find them closed. */
  private final Set<Slot> tails;
  private final Set<Slot> sealed;
  private final BooleanSupplier hasQuorum;

  MapLedger(IMap<String, Object> map, Function<Slot, String> keys, String epochKey, int epoch,
    Set<Slot> tails, Set<Slot> sealed, BooleanSupplier hasQuorum) {
    this.map = map;
    this.keys = keys;
    this.epochKey = epochKey;
    this.epoch = epoch;
    this.tails = tails;
    this.sealed = sealed;
    this.hasQuorum = hasQuorum;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  /**
   * First what is put and noted, then what is removed: each step waits for the backups. (An
   * operation on many keys at once would not: the cluster counts the acknowledgements of backups
   * only where an operation is for one key.)
   *
   * <p>Where too few nodes are in reach nothing is written. A write during which they went out
   * of reach is not known to be stored: the copies that were waited for may be none.
   */
  @Override
  public Future<Boolean> write(List<Change> changes) {
    return hasQuorum.getAsBoolean()
      ? inSteps(changes).compose(stored -> hasQuorum.getAsBoolean()
        ? Future.succeededFuture(stored) : tooFew())
      : tooFew();
  }

  /**
   * Nothing stands here any more: once no write of a former owner can be on its way, what keeps
   * those out goes as well, unless somebody has opened the exchange again.
   */
  Future<Void> abandon() {
    var left = Stream.concat(
      Stream.of(epochKey), Stream.concat(tails.stream(), sealed.stream()).map(keys));
    return Future.join(left.map(key ->
      submit(key, new ExpireProcessor(epoch), Runnable::run)).toList()).mapEmpty();
  }

  private static Future<Boolean> tooFew() {
    return Future.failedFuture(new SwitchboardException(FailureCode.NO_QUORUM,
      "too few nodes are in reach to write safely"));
  }

  private Future<Boolean> inSteps(List<Change> changes) {
    if (changes.isEmpty()) {
      return submit(epochKey, new StandingProcessor(epoch), Runnable::run);
    }
    var tasks = changes.stream().filter(MapLedger::isOfTasks).toList();
    if (tasks.size() == changes.size()) {
      // The only step ends on the thread that brings the last answer: no other one wakes up.
      return all(tasks, Runnable::run);
    }
    var others = ForkJoinPool.commonPool();
    var keys = changes.stream().filter(change -> change.action() != Action.REMOVE
      && change.slot().type() == Type.KEYS).toList();
    var removals = changes.stream().filter(change -> change.action() == Action.REMOVE).toList();
    return all(tasks, others)
      .compose(stored -> stored ? all(keys, others) : Future.succeededFuture(false))
      .compose(stored -> stored ? all(removals, others) : Future.succeededFuture(false));
  }

  private static boolean isOfTasks(Change change) {
    return change.action() != Action.REMOVE && change.slot().type() == Type.SEGMENT;
  }

  /** All at once. */
  private Future<Boolean> all(List<Change> changes, Executor then) {
    var results = changes.stream().map(change -> one(change, then)).toList();
    return results.isEmpty() ? Future.succeededFuture(true)
      : Future.join(results).map(all -> results.stream().allMatch(Future::result));
  }

  private Future<Boolean> one(Change change, Executor then) {
    boolean sealing = change.action() == Action.REMOVE && tails.contains(change.slot());
    return submit(keys.apply(change.slot()), new WriteProcessor(
      epoch, change.action(), sealing, change.at(), change.bytes()), then);
  }

  private Future<Boolean> submit(
    String key, EntryProcessor<String, Object, Boolean> processor, Executor then) {
    Promise<Boolean> written = Promise.promise();
    try {
      map.submitToKey(key, processor)
        .whenCompleteAsync((result, failure) -> {
          if (failure != null) {
            written.fail(failure);
          } else {
            written.complete(result);
          }
        }, then);
    } catch (RuntimeException notSent) {
      written.fail(notSent);
    }
    return written.future();
  }
}

package io.switchboard.task.store;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.switchboard.task.Change;
import io.switchboard.task.Change.Action;
import io.switchboard.task.Slot;
import io.switchboard.task.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One takeover of an exchange: a new epoch first, then everything that stands there and the next
 * slots of every former owner are taken over, so that none of them can write any more.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  /** Sealed entries are kept for longer than any operation can be on its way: two minutes. */
  private static final long KEEP_SEALED_MILLIS = 300_000;
  private static final byte[] NOTHING = {};

  private final Vertx vertx;
  private final IMap<String, Object> map;
  private final String exchange;
  private final Map<Slot, Cell> cells = new HashMap<>();
  private final Map<Slot, byte[]> living = new HashMap<>();
  private final BooleanSupplier hasQuorum;
  private Head head;

  Opening(Vertx vertx, IMap<String, Object> map, String exchange, BooleanSupplier hasQuorum) {
    this.hasQuorum = hasQuorum;
    this.vertx = vertx;
    this.map = map;
    this.exchange = exchange;
  }

  /** The part behind the sign decides the partition: all slots of an exchange share one. */
  static String key(String what, String exchange) {
    return what + "@" + exchange;
  }

  private String key(Slot slot) {
    return key(slot.toString(), exchange);
  }

  private String epochKey() {
    return key("epoch", exchange);
  }

  private Slot slot(String key) {
    return Slot.parse(key.substring(0, key.length() - exchange.length() - 1));
  }

  /**
   * The epoch and the first list of slots need not wait for each other: whoever writes meanwhile
   * shows in a later list, until one shows nothing that is not taken over.
   */
  Future<Store.Opened> open(int life, IntConsumer told) {
    int now = (int) (System.currentTimeMillis() / 1_000);
    var begun = head(EpochProcessor.begin(now, life))
      .onSuccess(begunHead -> told.accept(begunHead.epoch()));
    return slots().compose(found -> begun.compose(begunHead -> take(begunHead, found)))
      .compose(taken -> {
        noteSealed();
        return opened().map(ledger -> new Store.Opened(ledger, living));
      });
  }

  /** Of which life something stands here. */
  Future<Integer> life() {
    return head(EpochProcessor.look())
      .map(found -> found == null ? Head.NO_LIFE : found.life());
  }

  /** Leaves nothing of earlier lives, if there is any. Whoever opens meanwhile does so as well. */
  Future<Void> erase(int life) {
    return head(EpochProcessor.erase(life)).compose(begunHead -> begunHead == null
      ? Future.succeededFuture()
      : slots().compose(found -> take(begunHead, found))
        .compose(taken -> opened()).compose(MapLedger::abandon)
        .recover(failure -> failure instanceof Overtaken
          ? Future.succeededFuture() : Future.failedFuture(failure)));
  }

  private Future<Head> head(EpochProcessor change) {
    return async(() -> map.submitToKey(epochKey(), change)).map(Head::of);
  }

  private Future<Void> take(Head begunHead, Set<Slot> found) {
    head = begunHead;
    return takeAll(found);
  }

  /** The only call that blocks: on a worker thread. */
  private Future<Set<Slot>> slots() {
    return vertx.executeBlocking(() -> {
      var found = new HashSet<Slot>();
      for (var key : map.keySet(
        Predicates.partitionPredicate(exchange, Predicates.alwaysTrue()))) {
        var slot = key.endsWith("@" + exchange) ? slot(key) : null;
        if (slot != null) {
          found.add(slot);
        }
      }
      return found;
    }, false);
  }

  private Future<Void> takeAll(Set<Slot> found) {
    var open = new HashSet<>(found);
    for (int former = head.sealedUpTo() + 1; former < head.epoch(); former++) {
      addTail(former, found, open);
    }
    open.removeAll(cells.keySet());
    return open.isEmpty() ? Future.succeededFuture()
      : take(open).compose(taken -> slots()).compose(this::takeAll);
  }

  /** The next slots of an epoch whose owner may still write. */
  private void addTail(int former, Set<Slot> found, Set<Slot> open) {
    int last = found.stream().filter(slot -> slot.epoch() == former && !isSealed(slot))
      .mapToInt(Slot::number).max().orElse(-1);
    for (int number = last + 1; number <= last + Slot.AHEAD; number++) {
      for (var type : Slot.Type.values()) {
        open.add(new Slot(type, former, number));
      }
    }
  }

  private boolean isSealed(Slot slot) {
    var cell = cells.get(slot);
    return cell != null && cell.isSealed();
  }

  private Future<Void> take(Set<Slot> slots) {
    var taken = new HashMap<Slot, Future<Cell>>();
    for (var slot : slots) {
      taken.put(slot, async(() -> map.submitToKey(key(slot), new SealProcessor(head.epoch()))));
    }
    return Future.join(List.copyOf(taken.values())).map(results -> {
      taken.forEach((slot, cell) -> {
        if (cell.result() == null) {
          throw new Overtaken();
        }
        cells.put(slot, cell.result());
      });
      return null;
    });
  }

  private static final class Overtaken extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private Overtaken() {
      super("another node has taken over since");
    }
  }

  /** Spares the next takeover what was sealed here; the slots themselves keep others out. */
  private void noteSealed() {
    async(() -> map.submitToKey(epochKey(), EpochProcessor.sealedBefore(head.epoch())))
      .onFailure(failure -> LOG.info("The next takeover of {} seals again what is sealed: {}",
        exchange, failure.toString()));
  }

  /** With what stands here of earlier lives removed. */
  private Future<MapLedger> opened() {
    var earlier = new ArrayList<Change>();
    var tails = new HashSet<Slot>();
    var sealed = new HashSet<Slot>();
    long now = System.currentTimeMillis();
    var last = new HashMap<Integer, Integer>();
    cells.forEach((slot, cell) -> {
      if (!cell.isSealed()) {
        if (slot.epoch() < head.since()) {
          earlier.add(new Change(Action.REMOVE, slot, 0, NOTHING));
        } else {
          living.put(slot, cell.bytes());
        }
        last.merge(slot.epoch(), slot.number(), Math::max);
      } else if (now - cell.sealedAt() > KEEP_SEALED_MILLIS) {
        giveBack(slot);
      } else {
        sealed.add(slot);
      }
    });
    cells.forEach((slot, cell) -> {
      if (!cell.isSealed() && slot.number() > last.get(slot.epoch()) - Slot.AHEAD) {
        tails.add(slot);
      }
    });
    Function<Slot, String> keys = this::key;
    var ledger = new MapLedger(
      map, keys, epochKey(), head.epoch(), tails, sealed, hasQuorum);
    return earlier.isEmpty() ? Future.succeededFuture(ledger)
      : ledger.write(earlier).map(erased -> {
        if (!erased) {
          throw new Overtaken();
        }
        return ledger;
      });
  }

  /** (The map's own deletion would look in another partition than that of the exchange.) */
  private void giveBack(Slot slot) {
    async(() -> map.submitToKey(key(slot),
      new WriteProcessor(head.epoch(), Action.REMOVE, false, 0, NOTHING)))
      .onFailure(failure -> LOG.info("The next takeover of {} gives back what was sealed: {}",
        exchange, failure.toString()));
  }

  private static <T> Future<T> async(Supplier<CompletionStage<T>> call) {
    try {
      return Future.fromCompletionStage(call.get());
    } catch (RuntimeException notSent) {
      return Future.failedFuture(notSent);
    }
  }
}

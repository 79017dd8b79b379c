package io.switchboard.task.store;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.switchboard.task.Slot;
import io.switchboard.task.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
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

  private final Vertx vertx;
  private final IMap<String, Object> map;
  private final String exchange;
  private final Map<Slot, Cell> cells = new HashMap<>();
  private final BooleanSupplier hasQuorum;
  private int epoch;
  private int sealedUpTo;

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
  Future<Store.Opened> open(IntConsumer told) {
    int now = (int) (System.currentTimeMillis() / 1_000);
    var begun = async(() -> map.submitToKey(epochKey(), EpochProcessor.begin(now)))
      .onSuccess(state -> told.accept(ByteBuffer.wrap(state).getInt()));
    return slots().compose(found -> begun.compose(state -> {
      epoch = ByteBuffer.wrap(state).getInt();
      sealedUpTo = ByteBuffer.wrap(state).getInt(Integer.BYTES);
      return takeAll(found);
    })).map(taken -> {
      noteSealed();
      return opened();
    });
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
    for (int former = sealedUpTo + 1; former < epoch; former++) {
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
      taken.put(slot, async(() -> map.submitToKey(key(slot), new SealProcessor(epoch))));
    }
    return Future.join(List.copyOf(taken.values())).map(results -> {
      taken.forEach((slot, cell) -> {
        if (cell.result() == null) {
          throw new IllegalStateException("another node has taken over since");
        }
        cells.put(slot, cell.result());
      });
      return null;
    });
  }

  /** Spares the next takeover what was sealed here; the slots themselves keep others out. */
  private void noteSealed() {
    async(() -> map.submitToKey(epochKey(), EpochProcessor.sealedBefore(epoch)))
      .onFailure(failure -> LOG.info("The next takeover of {} seals again what is sealed: {}",
        exchange, failure.toString()));
  }

  private Store.Opened opened() {
    var slots = new HashMap<Slot, byte[]>();
    var tails = new HashSet<Slot>();
    var sealed = new HashSet<Slot>();
    long now = System.currentTimeMillis();
    var last = new HashMap<Integer, Integer>();
    cells.forEach((slot, cell) -> {
      if (!cell.isSealed()) {
        slots.put(slot, cell.bytes());
        last.merge(slot.epoch(), slot.number(), Math::max);
      } else if (now - cell.sealedAt() > KEEP_SEALED_MILLIS) {
        map.deleteAsync(key(slot));
      } else {
        sealed.add(slot);
      }
    });
    for (var slot : slots.keySet()) {
      if (slot.number() > last.get(slot.epoch()) - Slot.AHEAD) {
        tails.add(slot);
      }
    }
    Function<Slot, String> keys = this::key;
    return new Store.Opened(new MapLedger(
      map, keys, epochKey(), epoch, tails, sealed, hasQuorum), slots);
  }

  private static <T> Future<T> async(Supplier<CompletionStage<T>> call) {
    try {
      return Future.fromCompletionStage(call.get());
    } catch (RuntimeException notSent) {
      return Future.failedFuture(notSent);
    }
  }
}

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
import java.util.function.Supplier;

/**
 * One takeover of an exchange: a new epoch first, then everything that stands there and the next
 * slots of every former owner are taken over, so that none of them can write any more.
 */
final class Opening {
  /** Sealed entries are kept for longer than any operation can be on its way. */
  private static final long KEEP_SEALED_MILLIS = 3_600_000;

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

  private Slot slot(String key) {
    return Slot.parse(key.substring(0, key.length() - exchange.length() - 1));
  }

  Future<Store.Opened> open() {
    int now = (int) (System.currentTimeMillis() / 1_000);
    return async(() -> map.submitToKey(key("epoch", exchange), EpochProcessor.begin(now)))
      .compose(state -> {
        epoch = ByteBuffer.wrap(state).getInt();
        sealedUpTo = ByteBuffer.wrap(state).getInt(Integer.BYTES);
        return keys();
      })
      .compose(this::take)
      .compose(taken -> sealTails())
      .compose(sealed -> async(() -> map.submitToKey(
        key("epoch", exchange), EpochProcessor.sealedBefore(epoch))))
      .map(state -> {
        if (ByteBuffer.wrap(state).getInt() != epoch) {
          throw new IllegalStateException("another node has taken over since");
        }
        return opened();
      });
  }

  /** The only call that blocks: on a worker thread. */
  private Future<Set<String>> keys() {
    return vertx.executeBlocking(() -> {
      var found = new HashSet<String>();
      for (var key : map.keySet(
        Predicates.partitionPredicate(exchange, Predicates.alwaysTrue()))) {
        if (key.endsWith("@" + exchange) && slot(key) != null) {
          found.add(key);
        }
      }
      return found;
    }, false);
  }

  private Future<Void> take(Set<String> keys) {
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    var taken = new HashMap<String, Future<Cell>>();
    for (var key : keys) {
      taken.put(key, async(() -> map.submitToKey(key, new SealProcessor(epoch))));
    }
    return Future.join(List.copyOf(taken.values())).map(results -> {
      taken.forEach((key, cell) -> {
        if (cell.result() == null) {
          throw new IllegalStateException("another node has taken over since");
        }
        cells.put(slot(key), cell.result());
      });
      return null;
    });
  }

  /** Every epoch whose owner may still write: its next slots, until they are found empty. */
  private Future<Void> sealTails() {
    var tails = new HashSet<String>();
    for (int former = sealedUpTo + 1; former < epoch; former++) {
      int next = lastNumber(former) + 1;
      for (int number = next; number < next + Slot.AHEAD; number++) {
        for (var type : Slot.Type.values()) {
          var slot = new Slot(type, former, number);
          if (!cells.containsKey(slot)) {
            tails.add(key(slot));
          }
        }
      }
    }
    return tails.isEmpty() ? Future.succeededFuture()
      : take(tails).compose(taken -> sealTails());
  }

  /** The highest number of that epoch that holds something; -1 for none. */
  private int lastNumber(int former) {
    int last = -1;
    for (var cell : cells.entrySet()) {
      if (cell.getKey().epoch() == former && !cell.getValue().isSealed()) {
        last = Math.max(last, cell.getKey().number());
      }
    }
    return last;
  }

  private Store.Opened opened() {
    var slots = new HashMap<Slot, byte[]>();
    var tails = new HashSet<Slot>();
    long now = System.currentTimeMillis();
    var last = new HashMap<Integer, Integer>();
    cells.forEach((slot, cell) -> {
      if (!cell.isSealed()) {
        slots.put(slot, cell.bytes());
        last.merge(slot.epoch(), slot.number(), Math::max);
      } else if (now - cell.sealedAt() > KEEP_SEALED_MILLIS) {
        map.deleteAsync(key(slot));
      }
    });
    for (var slot : slots.keySet()) {
      if (slot.number() > last.get(slot.epoch()) - Slot.AHEAD) {
        tails.add(slot);
      }
    }
    Function<Slot, String> keys = this::key;
    return new Store.Opened(new MapLedger(
      map, keys, epoch, Set.copyOf(tails), hasQuorum), slots);
  }

  private static <T> Future<T> async(Supplier<CompletionStage<T>> call) {
    try {
      return Future.fromCompletionStage(call.get());
    } catch (RuntimeException notSent) {
      return Future.failedFuture(notSent);
    }
  }
}

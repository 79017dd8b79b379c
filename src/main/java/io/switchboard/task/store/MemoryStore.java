package io.switchboard.task.store;

import io.switchboard.task.Change;
import io.switchboard.task.Ledger;
import io.switchboard.task.Slot;
import io.switchboard.task.Store;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Keeps tasks in the memory of one node that is no member of a cluster: they are gone when it
 * stops.
 */
public final class MemoryStore implements Store {
  private final Map<String, Book> books = new HashMap<>();
  private final boolean alone;
  /** Of all exchanges, so that one that comes again begins no epoch twice. */
  private int lastEpoch;

  /** @param alone false where other nodes may be: none of them then owns a queue */
  public MemoryStore(boolean alone) {
    this.alone = alone;
  }

  /** What is kept of one exchange. */
  private static final class Book {
    private final Map<Slot, Cell> slots = new HashMap<>();
    private int epoch;
    private int life;

    private synchronized Map<Slot, byte[]> open(int newEpoch, int declaredLife) {
      epoch = newEpoch;
      if (declaredLife > life) {
        slots.clear();
        life = declaredLife;
      }
      return slots.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, slot -> slot.getValue().bytes()));
    }

    private synchronized boolean write(int writer, List<Change> changes) {
      return writer == epoch && changes.stream().allMatch(this::apply);
    }

    private boolean apply(Change change) {
      switch (change.action()) {
        case PUT -> slots.put(change.slot(), Cell.data(epoch, change.bytes()));
        case REMOVE -> slots.remove(change.slot());
        case APPEND -> {
          var cell = slots.get(change.slot());
          return cell != null && cell.append(change.at(), change.bytes());
        }
        default -> throw new IllegalStateException(change.toString());
      }
      return true;
    }
  }

  private final class BookLedger implements Ledger {
    private final Book book;
    private final int epoch;

    private BookLedger(Book book, int epoch) {
      this.book = book;
      this.epoch = epoch;
    }

    @Override
    public int epoch() {
      return epoch;
    }

    @Override
    public Future<Boolean> write(List<Change> changes) {
      return Future.succeededFuture(book.write(epoch, changes));
    }
  }

  @Override
  public String owner(String exchange) {
    return alone ? "" : null;
  }

  @Override
  public void onChange(Runnable changed, Runnable lost) {
    // The owner never changes.
  }

  @Override
  public boolean hasQuorum() {
    return true;
  }

  @Override
  public synchronized Future<Opened> open(
    String exchange, int backups, int life, IntConsumer begun) {
    var book = books.computeIfAbsent(exchange, absent -> new Book());
    int epoch = ++lastEpoch;
    var slots = book.open(epoch, life);
    begun.accept(epoch);
    return Future.succeededFuture(new Opened(new BookLedger(book, epoch), slots));
  }

  @Override
  public synchronized Future<Void> erase(String exchange, int life) {
    var book = books.get(exchange);
    if (book != null && book.life < life) {
      // Who still writes there finds another epoch.
      book.open(++lastEpoch, life);
      books.remove(exchange);
    }
    return Future.succeededFuture();
  }
}

package io.switchboard.task.store;

import io.switchboard.task.Change;
import io.switchboard.task.Ledger;
import io.switchboard.task.Slot;
import io.switchboard.task.Store;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Keeps tasks in the memory of one node that is no member of a cluster: they are gone when it
 * stops.
 */
public final class MemoryStore implements Store {
  private final Map<String, Book> books = new ConcurrentHashMap<>();
  private final boolean alone;

  /** @param alone false where other nodes may be: none of them then owns a queue */
  public MemoryStore(boolean alone) {
    this.alone = alone;
  }

  /** What is kept of one exchange. */
  private static final class Book {
    private final Map<Slot, Cell> slots = new HashMap<>();
    private int epoch;

    private synchronized Opened open() {
      epoch++;
      return new Opened(new BookLedger(this, epoch), slots.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, slot -> slot.getValue().bytes())));
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

  private record BookLedger(Book book, int epoch) implements Ledger {
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
  public Future<Opened> open(String exchange, int backups, IntConsumer begun) {
    var opened = books.computeIfAbsent(exchange, absent -> new Book()).open();
    begun.accept(opened.ledger().epoch());
    return Future.succeededFuture(opened);
  }
}

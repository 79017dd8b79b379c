package io.switchboard.exchange;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The workers of this node by their number. Found on every message, so by index. */
final class LocalWorkers {
  /** The most workers of one node. */
  static final int MAX = 1 << 20;

  private static final int PAGE_BITS = 10;

  private final AtomicReferenceArray<AtomicReferenceArray<LocalWorker>> pages =
    new AtomicReferenceArray<>(MAX >> PAGE_BITS);
  private final ConcurrentHashMap<Long, LocalWorker> attached = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  /** From 1; a number is not used again before a million others were. */
  long nextId() {
    return lastId.incrementAndGet();
  }

  /** False when so many are attached that the worker's place is taken. */
  synchronized boolean add(LocalWorker worker) {
    int index = (int) worker.id() & MAX - 1;
    var page = pages.get(index >> PAGE_BITS);
    if (page == null) {
      page = new AtomicReferenceArray<>(1 << PAGE_BITS);
      pages.set(index >> PAGE_BITS, page);
    }
    attached.put(worker.id(), worker);
    return page.compareAndSet(index & (1 << PAGE_BITS) - 1, null, worker);
  }

  void remove(LocalWorker worker) {
    int index = (int) worker.id() & MAX - 1;
    attached.remove(worker.id());
    pages.get(index >> PAGE_BITS).compareAndSet(index & (1 << PAGE_BITS) - 1, worker, null);
  }

  /** Null when no worker of that number is attached. */
  LocalWorker get(long id) {
    int index = (int) id & MAX - 1;
    var page = pages.get(index >> PAGE_BITS);
    var worker = page == null ? null : page.get(index & (1 << PAGE_BITS) - 1);
    return worker != null && worker.id() == id ? worker : null;
  }

  Collection<LocalWorker> all() {
    return attached.values();
  }
}

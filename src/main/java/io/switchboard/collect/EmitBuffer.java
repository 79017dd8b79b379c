package io.switchboard.collect;

import io.switchboard.exchange.Overflow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;

/**
 * The entries of one producing node for one exchange, in order, until they are taken: those
 * that wait, and a window of those on their way. Any thread may {@link #offer}; everything else
 * belongs to one thread. Entries are numbered from 1 anew in each epoch.
 *
 * @param <T> what an entry is
 */
final class EmitBuffer<T> {
  private static final int CHUNK = 64;
  private static final int FIRST_RING = 16;

  /** An entry in the buffer. */
  static final class Held<T> {
    private final T content;
    private final int bytes;
    private long dropped;

    private Held(T content, int bytes) {
      this.content = content;
      this.bytes = bytes;
    }

    T content() {
      return content;
    }

    /** How many entries were dropped before this one. */
    long dropped() {
      return dropped;
    }
  }

  private final MpmcUnboundedXaddArrayQueue<Held<T>> waiting =
    new MpmcUnboundedXaddArrayQueue<>(CHUNK);
  private final AtomicInteger entries = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile BufferBounds bounds;
  private final Runnable onDropped;

  /** Numbers that never begin anew: {@code first} to {@code end} are in the ring. */
  private Held<T>[] ring = newRing(FIRST_RING);
  private long first = 1;
  private long next = 1;
  private long end = 1;
  private long sentEnd = 1;
  private long base = 1;
  private long ringBytes;
  private volatile int inDoubt;

  /** @param onDropped is told of each entry that gives way to a newer one; any thread */
  EmitBuffer(BufferBounds bounds, Runnable onDropped) {
    this.bounds = bounds;
    this.onDropped = onDropped;
  }

  /** Other bounds from now on; what is held already stays. Any thread. */
  void bounds(BufferBounds next) {
    bounds = next;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> Held<T>[] newRing(int size) {
    return new Held[size];
  }

  /**
   * Takes an entry, dropping the oldest ones that wait where the bounds say so; false when it
   * is refused. Any thread.
   */
  boolean offer(T content, int size) {
    while (!reserve(size)) {
      var oldest = bounds.overflow() == Overflow.DROP_OLDEST ? waiting.poll() : null;
      if (oldest == null) {
        return false;
      }
      free(oldest);
      dropped.incrementAndGet();
      onDropped.run();
    }
    waiting.offer(new Held<>(content, size));
    return true;
  }

  private boolean reserve(int size) {
    if (entries.incrementAndGet() > bounds.entries()) {
      entries.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(size) > bounds.bytes()) {
      bytes.addAndGet(-size);
      entries.decrementAndGet();
      return false;
    }
    return true;
  }

  private void free(Held<T> held) {
    entries.decrementAndGet();
    bytes.addAndGet(-held.bytes);
  }

  /** How many entries are held, on their way or not. Any thread. */
  int size() {
    return entries.get();
  }

  /** The bytes of what is held. Any thread. */
  long bytes() {
    return bytes.get();
  }

  /** How many are on their way in this epoch and not taken yet. Any thread. */
  int inDoubt() {
    return inDoubt;
  }

  /** The next entry to send; null when none waits or the window is full. */
  Held<T> next() {
    if (next == end && !fetch()) {
      return null;
    }
    var held = ring[(int) next & ring.length - 1];
    next++;
    if (next > sentEnd) {
      sentEnd = next;
    }
    inDoubt = (int) (sentEnd - first);
    return held;
  }

  private boolean fetch() {
    if (end - first >= bounds.window()
      || end != first && ringBytes >= bounds.bytes() / 2) {
      return false;
    }
    var held = waiting.poll();
    if (held == null) {
      return false;
    }
    if (dropped.get() != 0) {
      held.dropped += dropped.getAndSet(0);
    }
    if (end - first == ring.length) {
      grow();
    }
    ring[(int) end & ring.length - 1] = held;
    end++;
    ringBytes += held.bytes;
    return true;
  }

  private void grow() {
    Held<T>[] larger = newRing(ring.length * 2);
    for (long i = first; i < end; i++) {
      larger[(int) i & larger.length - 1] = ring[(int) i & ring.length - 1];
    }
    ring = larger;
  }

  /** The number in this epoch of the entry that {@link #next} gave last. */
  long number() {
    return next - base;
  }

  /** The entry that {@link #next} gave last could not be sent; it is the next one again. */
  void unsend() {
    if (sentEnd == next) {
      sentEnd--;
    }
    next--;
    inDoubt = (int) (sentEnd - first);
  }

  /** Everything up to that number of this epoch was taken; returns how many that were. */
  int taken(long number) {
    long limit = Math.min(base + number, sentEnd);
    int count = 0;
    while (first < limit) {
      removeFirst();
      count++;
    }
    if (next < first) {
      next = first;
    }
    inDoubt = (int) (sentEnd - first);
    return count;
  }

  private void removeFirst() {
    int cell = (int) first & ring.length - 1;
    var held = ring[cell];
    ring[cell] = null;
    ringBytes -= held.bytes;
    first++;
    free(held);
  }

  /** What follows that number of this epoch did not arrive: it is sent again. */
  void rewind(long number) {
    next = Math.max(first, Math.min(next, base + number));
  }

  /** The epoch is over, and nothing of it is in doubt: what was not taken is sent again. */
  void giveBack() {
    next = first;
    sentEnd = first;
    inDoubt = 0;
  }

  /** Forgets all entries; returns how many that were. */
  int clear() {
    int count = 0;
    for (; first < end; count++) {
      removeFirst();
    }
    giveBack();
    for (var held = waiting.poll(); held != null; held = waiting.poll()) {
      free(held);
      count++;
    }
    return count;
  }

  /**
   * Begins an epoch. What is still in doubt from the one before is forgotten, as it may have
   * been handled.
   *
   * @return how many that are, at most lost
   */
  int begin() {
    int lost = (int) (sentEnd - first);
    long droppedBefore = 0;
    while (first < sentEnd) {
      droppedBefore += ring[(int) first & ring.length - 1].dropped;
      removeFirst();
    }
    if (droppedBefore > 0) {
      dropped.addAndGet(droppedBefore);
    }
    base = first;
    giveBack();
    return lost;
  }
}

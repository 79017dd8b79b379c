package io.switchboard.collect;

import io.switchboard.routing.Node;
import io.switchboard.trunk.Trunk;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;

/** The time of one collector as the active one, and all that belongs to it. */
final class Reign {
  private static final int CHUNK = 256;

  final long epoch;
  /** Bounded by what every producing node may have on its way. */
  final MpscUnboundedArrayQueue<Source.Arrival> mailbox = new MpscUnboundedArrayQueue<>(CHUNK);
  private final Map<Integer, Source> sources = new ConcurrentHashMap<>();
  private final AtomicLong lost = new AtomicLong();
  private volatile long until;
  private volatile boolean over;

  Reign(long epoch, long until, long lost) {
    this.epoch = epoch;
    this.until = until;
    this.lost.set(lost);
  }

  /** True while entries may be handed out: a process that slept finds its lease run out. */
  boolean mayAct(long now) {
    return !over && now - until < 0;
  }

  void until(long nanos) {
    until = nanos;
  }

  /** Nothing is handed out any more. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void lost(long more) {
    lost.addAndGet(more);
  }

  long lost() {
    return lost.get();
  }

  /** What was lost and not told yet; once. */
  long takeLost() {
    return lost.get() == 0 ? 0 : lost.getAndSet(0);
  }

  /** @param from null for this node */
  Source source(Trunk from, int lane, String self) {
    int key = from == null ? Node.LOCAL : from.number();
    var known = sources.get(key);
    if (known == null) {
      known = new Source(this, from, lane, from == null ? self : from.peer().name());
      sources.put(key, known);
    }
    return known;
  }

  /** By the number of the trunk; null when nothing came from there. */
  Source source(int trunk) {
    return sources.get(trunk);
  }

  Map<Integer, Source> sources() {
    return sources;
  }

  void forget(Trunk gone) {
    sources.remove(gone.number());
  }
}

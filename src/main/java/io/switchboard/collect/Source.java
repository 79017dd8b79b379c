package io.switchboard.collect;

import io.switchboard.message.Headers;
import io.switchboard.trunk.Trunk;
import java.util.ArrayDeque;

/**
 * One producing node as a reign sees it: what has arrived from there, in order and without
 * gaps, and what of it is done. Written on the collector's home lane.
 */
final class Source {
  final Reign reign;
  final Trunk trunk;
  final int lane;
  final String node;
  private final ArrayDeque<Arrival> unfinished = new ArrayDeque<>();
  private volatile long received;
  private volatile long done;
  boolean owed;

  /** @param trunk null for this node */
  Source(Reign reign, Trunk trunk, int lane, String node) {
    this.reign = reign;
    this.trunk = trunk;
    this.lane = lane;
    this.node = node;
  }

  /** An entry that has arrived. */
  static final class Arrival {
    final Source source;
    final long number;
    final long dropped;
    final Object body;
    final Headers headers;
    /** Written on the collector's context. */
    boolean handedOut;
    private boolean done;

    private Arrival(
      Source source, long number, long dropped, Object body, Headers headers) {
      this.source = source;
      this.number = number;
      this.dropped = dropped;
      this.body = body;
      this.headers = headers;
    }
  }

  /** True for the one entry that is next: others are repeated, or come after a gap. */
  boolean isNext(long number) {
    return number == received + 1;
  }

  Arrival arrived(long dropped, Object body, Headers headers) {
    var arrival = new Arrival(this, received + 1, dropped, body, headers);
    received = arrival.number;
    unfinished.add(arrival);
    return arrival;
  }

  /** True when more is done than before, from the first one on. */
  boolean finished(Arrival arrival) {
    arrival.done = true;
    long before = done;
    long now = before;
    for (var head = unfinished.peek(); head != null && head.done; head = unfinished.peek()) {
      unfinished.remove();
      now = head.number;
    }
    done = now;
    return now != before;
  }

  /** The last one that its handler has seen, finished or not. */
  long handedOut() {
    long last = done;
    for (var arrival : unfinished) {
      if (!arrival.handedOut) {
        break;
      }
      last = arrival.number;
    }
    return last;
  }

  /** Any thread. */
  long received() {
    return received;
  }

  /** Any thread. */
  long done() {
    return done;
  }

  int waiting() {
    return unfinished.size();
  }
}

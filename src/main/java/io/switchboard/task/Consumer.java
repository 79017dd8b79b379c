package io.switchboard.task;

import io.switchboard.trunk.Trunk;
import java.util.HashSet;
import java.util.Set;

/** A worker, here or on another node, as the queue's owner sees it. On the queue's lane. */
final class Consumer {
  /** Who it is: its node, by the number of the trunk that leads there, and its number there. */
  record Key(int trunk, long worker) {
    static Key of(Trunk trunk, long worker) {
      return new Key(trunk == null ? 0 : trunk.number(), worker);
    }
  }

  final Key key;
  final Trunk trunk;
  final int lane;
  final boolean once;
  private int prefetch;
  private long ackTimeoutMillis;
  private final Set<TaskEntry> held = new HashSet<>();
  /** It takes once, and has been given something. */
  boolean isFilling;
  private boolean closed;
  private boolean suspended;
  /** It stands in the rotation. */
  boolean queued;

  Consumer(Key key, Trunk trunk, int lane, boolean once) {
    this.key = key;
    this.trunk = trunk;
    this.lane = lane;
    this.once = once;
  }

  void terms(int atMost, long timeoutMillis) {
    prefetch = atMost;
    ackTimeoutMillis = timeoutMillis;
  }

  long ackTimeoutMillis() {
    return ackTimeoutMillis;
  }

  boolean hasRoom() {
    return !closed && !suspended && held.size() < prefetch && (trunk == null || trunk.isOpen());
  }

  /** It gets nothing until it attaches anew. */
  void suspend() {
    suspended = true;
  }

  boolean isSuspended() {
    return suspended;
  }

  /** It has attached; false when it was not suspended. */
  boolean resume() {
    boolean was = suspended;
    suspended = false;
    return was;
  }

  /** Takes no more; what it holds stays there. */
  void close() {
    closed = true;
  }

  boolean isDone() {
    return closed && held.isEmpty();
  }

  void holds(TaskEntry entry) {
    held.add(entry);
  }

  void releases(TaskEntry entry) {
    held.remove(entry);
  }

  Set<TaskEntry> held() {
    return held;
  }

  String nodeName() {
    return trunk == null ? "this node" : trunk.peer().name();
  }
}

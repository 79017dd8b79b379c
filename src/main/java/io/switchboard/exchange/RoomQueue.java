package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of one lane whose senders chose to wait until a worker has room. They are tried
 * again in the order in which they came, for each exchange, when something was answered and at
 * every tick of the wheel. Bounded. On that lane's thread.
 */
final class RoomQueue extends TimerWheel.Timer {
  /** The most messages of one lane that wait. */
  static final int MAX = 4_096;

  private final Lane lane;
  private final Map<RequestExchange, ArrayDeque<Waiter>> queues = new HashMap<>();
  private final Runnable wake = this::tryAgain;
  private int size;
  private boolean woken;

  /** A message that waits. */
  interface Waiter {
    /** True when it need not wait any more: it was sent, refused for good, or given up. */
    boolean tryAgain();
  }

  RoomQueue(Lane lane) {
    this.lane = lane;
  }

  /** False when too many wait already. */
  boolean add(RequestExchange exchange, Waiter waiter) {
    if (size == MAX) {
      return false;
    }
    size++;
    queues.computeIfAbsent(exchange, key -> new ArrayDeque<>()).add(waiter);
    poll();
    return true;
  }

  /** True when others wait for that exchange: who comes now stands behind them. */
  boolean isWaitedFor(RequestExchange exchange) {
    return size > 0 && queues.containsKey(exchange);
  }

  int size() {
    return size;
  }

  /** There may be room now. */
  void wake() {
    if (size > 0 && !woken) {
      woken = true;
      lane.atEndOfTick(wake);
    }
  }

  private void tryAgain() {
    woken = false;
    // Who is told may come with the next message at once.
    for (var exchange : List.copyOf(queues.keySet())) {
      var queue = queues.get(exchange);
      while (!queue.isEmpty() && queue.peek().tryAgain()) {
        queue.remove();
        size--;
      }
      if (queue.isEmpty()) {
        queues.remove(exchange);
      }
    }
  }

  @Override
  protected void onDeadline() {
    tryAgain();
    poll();
  }

  private void poll() {
    if (size > 0 && !isRunning()) {
      lane.schedule(this, System.nanoTime() + TimerWheel.TICK_NANOS);
    }
  }
}

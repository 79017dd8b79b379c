package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.switchboard.trunk.Trunk;
import java.util.HashMap;
import java.util.Map;

/**
 * While a queue is taken over, every node in reach tells which tasks its workers have in hand, so
 * that these are not handed out twice. Over when all have, or half a second after somebody waits
 * for it. On the queue's lane.
 */
final class RollCall extends TimerWheel.Timer {
  static final long LIMIT_MILLIS = 500;
  static final long LIMIT_NANOS = LIMIT_MILLIS * 1_000_000;

  private final int epoch;
  private final Map<Trunk, Integer> missing = new HashMap<>();
  private boolean over;
  private Runnable then;

  RollCall(int epoch) {
    this.epoch = epoch;
  }

  int epoch() {
    return epoch;
  }

  /** The node is asked; each of its lanes answers. Null is this node. */
  void await(Trunk node, int lanes) {
    missing.put(node, lanes);
  }

  /** Calls once when it is over; that may be now. */
  void whenOver(Runnable action) {
    then = action;
    end();
  }

  /** A lane of the node has so many workers, each of which attaches after this. */
  void answered(Trunk node, int workers) {
    missing.computeIfPresent(node, (key, count) -> count - 1 + workers);
    end();
  }

  /** One of the node's workers has attached. */
  void attached(Trunk node) {
    missing.computeIfPresent(node, (key, count) -> count - 1);
    end();
  }

  /** Nothing is to be expected of the node. */
  void gone(Trunk node) {
    missing.remove(node);
    end();
  }

  private void end() {
    missing.values().removeIf(count -> count == 0);
    if (missing.isEmpty() && !over && then != null) {
      over = true;
      then.run();
    }
  }

  @Override
  protected void onDeadline() {
    missing.clear();
    end();
  }
}

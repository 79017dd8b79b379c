package io.switchboard.task;

import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * What came for a queue before it was open, in its order: those who work there, and the rest. On
 * the queue's lane.
 */
final class Arrivals {
  private static final int MAX = 16_384;

  private final ArrayDeque<Arrival> attaching = new ArrayDeque<>();
  private final ArrayDeque<Arrival> others = new ArrayDeque<>();

  private record Arrival(Runnable resume, Runnable refuse) {
  }

  /** False when too many wait. */
  boolean keep(boolean isAttaching, Runnable resume, Runnable refuse) {
    if (attaching.size() + others.size() >= MAX) {
      return false;
    }
    (isAttaching ? attaching : others).add(new Arrival(resume, refuse));
    return true;
  }

  /** The queue is open: its workers attach. */
  void attach() {
    each(attaching, Arrival::resume);
  }

  /** What is left follows. */
  void resume() {
    attach();
    each(others, Arrival::resume);
  }

  /** The queue was not opened. */
  void refuse() {
    each(attaching, Arrival::refuse);
    each(others, Arrival::refuse);
  }

  /** Those, too, that come because of one before them. */
  private static void each(ArrayDeque<Arrival> arrivals, Function<Arrival, Runnable> action) {
    for (var each = arrivals.poll(); each != null; each = arrivals.poll()) {
      action.apply(each).run();
    }
  }
}

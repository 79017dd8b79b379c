package io.switchboard.task;

import java.util.ArrayDeque;

/**
 * Whose turn it is: each worker with room gets one task, then the next one does. A worker
 * without room leaves, and lines up again when it has some.
 */
final class Rotation {
  private final ArrayDeque<Consumer> line = new ArrayDeque<>();

  /** The worker may have room now. */
  void offer(Consumer consumer) {
    if (!consumer.queued && consumer.hasRoom()) {
      consumer.queued = true;
      line.add(consumer);
    }
  }

  /** Null when no worker has room. */
  Consumer next() {
    for (var consumer = line.poll(); consumer != null; consumer = line.poll()) {
      consumer.queued = false;
      if (consumer.hasRoom()) {
        return consumer;
      }
    }
    return null;
  }

  /** It had its turn and took nothing: it stays first. */
  void giveBack(Consumer consumer) {
    if (!consumer.queued) {
      consumer.queued = true;
      line.addFirst(consumer);
    }
  }
}

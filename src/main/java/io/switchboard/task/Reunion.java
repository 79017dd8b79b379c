package io.switchboard.task;

import io.switchboard.lane.Lane;
import io.switchboard.lane.TimerWheel;
import io.switchboard.task.TaskAttachment.Held;
import io.switchboard.trunk.Trunk;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What becomes of the leases of a node that lives and has lost sight of the queue's owner, which
 * stood still perhaps: its workers go on with what they have in hand, and tell it when they attach
 * anew; what was handed out and is not in hand was lost on its way. Until then they get nothing.
 * On the queue's lane.
 */
final class Reunion {
  /** Whoever has not attached by then is taken for gone. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Lane lane;
  private final Leases leases;
  private final Loss loss;

  /** Takes tasks back. */
  @FunctionalInterface
  interface Loss {
    void lost(List<TaskEntry> entries, String reason);
  }

  Reunion(Lane lane, Leases leases, Loss loss) {
    this.lane = lane;
    this.leases = leases;
    this.loss = loss;
  }

  /** The node of that trunk is about to come back. */
  void await(Trunk trunk) {
    leases.of(trunk).forEach(Consumer::suspend);
    lane.schedule(new TimerWheel.Timer() {
      @Override
      protected void onDeadline() {
        leases.of(trunk).stream().filter(Consumer::isSuspended).forEach(consumer ->
          loss.lost(leases.drop(consumer), "its worker on " + consumer.nodeName() + " is gone"));
      }
    }, System.nanoTime() + LIMIT_NANOS);
  }

  /** A worker has told what it has in hand. */
  void attached(Consumer consumer, List<Held> held) {
    if (consumer.resume()) {
      var tokens = held.stream().map(Held::token).collect(Collectors.toSet());
      var missing = consumer.held().stream()
        .filter(entry -> !tokens.contains(entry.token)).toList();
      missing.forEach(leases::end);
      loss.lost(missing, "it did not arrive at " + consumer.nodeName());
    }
  }
}

package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Tasks that were asked for once, by somebody who speaks the verdicts later. */
final class Pull extends Holding {
  private final Promise<List<Task>> pulled = Promise.promise();
  private final ArrayList<Task> arrived = new ArrayList<>();
  private final TimerWheel.Timer patience = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      giveUp();
    }
  };
  private final TimerWheel.Timer expiry = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      dropExpired();
    }
  };

  Pull(String exchange, long id, int max, long ackTimeoutMillis, LaneTasks home) {
    super(exchange, id, max, ackTimeoutMillis, home);
  }

  @Override
  boolean isOnce() {
    return !pulled.future().isComplete();
  }

  /** On the home lane; completes with nothing when there is nothing within the time. */
  Future<List<Task>> start(long waitNanos) {
    home().add(this);
    attach(0);
    home().lane().schedule(patience, System.nanoTime() + waitNanos);
    return pulled.future();
  }

  @Override
  void take(Task task) {
    task.begin(System.nanoTime());
    super.take(task);
    arrived.add(task);
  }

  @Override
  void filled(int count) {
    home().lane().timers().cancel(patience);
    finish();
  }

  private void giveUp() {
    // What is on its way here now comes before the answer to this.
    leave(true).onComplete(told -> finish());
  }

  private void finish() {
    pulled.tryComplete(List.copyOf(arrived));
    if (arrived.isEmpty()) {
      home().remove(this);
    } else {
      dropExpired();
    }
  }

  private void dropExpired() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (var task : held()) {
      long left = task.heldUntilNanos() - now;
      if (left <= 0) {
        forget(task);
      } else {
        next = Math.min(next, left);
      }
    }
    if (next < Long.MAX_VALUE) {
      home().lane().schedule(expiry, now + next);
    }
  }

  @Override
  void released() {
    if (inHand() == 0 && pulled.future().isComplete()) {
      home().lane().timers().cancel(expiry);
      home().remove(this);
    }
  }
}

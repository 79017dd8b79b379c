package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that were asked for once, by somebody who speaks the verdicts later. It stays known here
 * until the last of them has left and no owner can be about to give it more.
 */
final class Pull extends Holding {
  /** An owner that has not answered for so long has no gifts on their way. */
  private static final long KNOWN_NANOS = 30_000_000_000L;

  private final Promise<List<Task>> pulled = Promise.promise();
  private final ArrayList<Task> arrived = new ArrayList<>();
  private final TimerWheel.Timer patience = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      if (isLeaving) {
        complete();
      } else {
        giveUp();
      }
    }
  };
  private final TimerWheel.Timer expiry = new TimerWheel.Timer() {
    @Override
    protected void onDeadline() {
      dropExpired();
    }
  };
  private boolean isLeaving;

  Pull(String exchange, long id, int max, long ackTimeoutMillis, LaneTasks home) {
    super(exchange, id, max, ackTimeoutMillis, home);
  }

  @Override
  boolean isOnce() {
    return true;
  }

  /** On the home lane; completes with nothing when there is nothing within the time. */
  Future<List<Task>> start(long waitNanos) {
    home().add(this);
    attach(0);
    home().lane().schedule(patience, System.nanoTime() + waitNanos);
    return pulled.future();
  }

  @Override
  Future<Void> attach(long round) {
    if (!arrived.isEmpty() && !isLeaving) {
      // The owner before gave these; that they were all it gave is not heard any more.
      complete();
    }
    return super.attach(round);
  }

  @Override
  void take(Task task) {
    super.take(task);
    if (isComplete()) {
      // Given before the owner had heard that nobody waits any more.
      task.giveBack();
    } else {
      task.begin(System.nanoTime());
      arrived.add(task);
    }
  }

  @Override
  void filled() {
    if (isAttaching() && !takesNoMore()) {
      // It may be taken for one that has had nothing yet.
      leaveBehind();
    }
    complete();
  }

  /** Nobody waits for the first task any more; does nothing a second time. */
  void giveUp() {
    if (takesNoMore()) {
      return;
    }
    // What is on its way here now comes before the answer to this.
    leaveBehind();
    home().lane().schedule(patience, System.nanoTime() + LEAVE_NANOS);
  }

  private void leaveBehind() {
    isLeaving = true;
    leave(true, KNOWN_NANOS).onComplete(told -> {
      isLeaving = false;
      if (inHand() == 0) {
        endAttaching();
      }
      complete();
    });
  }

  private boolean isComplete() {
    return pulled.future().isComplete();
  }

  private void complete() {
    close();
    home().lane().timers().cancel(patience);
    pulled.tryComplete(List.copyOf(arrived));
    dropExpired();
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
    released();
  }

  @Override
  void released() {
    if (inHand() == 0 && isComplete() && !isAttaching() && !isLeaving) {
      home().lane().timers().cancel(expiry);
      home().remove(this);
    }
  }
}

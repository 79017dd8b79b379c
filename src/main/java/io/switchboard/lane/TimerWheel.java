package io.switchboard.lane;

import java.util.ArrayList;

/**
 * A hashed timing wheel (Varghese and Lauck, 1987): starting and cancelling a timer cost the
 * same however many run. Timers fire at their deadline or up to one tick after it, never
 * before. Not thread-safe, keeps no clock: the owner passes the time in.
 */
public final class TimerWheel {
  /** The wheel's resolution. */
  public static final long TICK_NANOS = 10_000_000;

  /** 10.24 s to the round, so that a default deadline is visited once. */
  private static final int SLOTS = 1_024;

  private static final long IDLE = -1;
  /** Taken from the wheel, about to fire: may still be cancelled or started again. */
  private static final long FIRING = -2;

  private final Timer[] slots = new Timer[SLOTS];
  private final ArrayList<Timer> firing = new ArrayList<>();
  private final long startNanos;
  private long tick;
  private int size;

  /** Time begins at {@code nowNanos}. */
  public TimerWheel(long nowNanos) {
    startNanos = nowNanos;
  }

  /** Something with a deadline. It is in one wheel at most. */
  public abstract static class Timer {
    private Timer previous;
    private Timer next;
    private long dueTick = IDLE;

    /** Called once, after the timer has left the wheel. */
    protected abstract void onDeadline();

    /** True between start and cancel or expiry. */
    public final boolean isRunning() {
      return dueTick != IDLE;
    }
  }

  /** How many timers run. */
  public int size() {
    return size;
  }

  /** Starts the timer; one that runs already is moved. */
  public void start(Timer timer, long deadlineNanos) {
    cancel(timer);
    long due = Math.max(tick + 1, (deadlineNanos - startNanos + TICK_NANOS - 1) / TICK_NANOS);
    int slot = (int) due & SLOTS - 1;
    timer.dueTick = due;
    timer.previous = null;
    timer.next = slots[slot];
    if (timer.next != null) {
      timer.next.previous = timer;
    }
    slots[slot] = timer;
    size++;
  }

  /** Stops the timer; does nothing when it does not run. */
  public void cancel(Timer timer) {
    if (timer.dueTick >= 0) {
      unlink(timer);
    }
    timer.dueTick = IDLE;
  }

  private void unlink(Timer timer) {
    if (timer.previous != null) {
      timer.previous.next = timer.next;
    } else {
      slots[(int) timer.dueTick & SLOTS - 1] = timer.next;
    }
    if (timer.next != null) {
      timer.next.previous = timer.previous;
    }
    timer.previous = null;
    timer.next = null;
    size--;
  }

  /** Fires everything that is due at {@code nowNanos}. Timers may start and cancel timers. */
  public void advance(long nowNanos) {
    long target = (nowNanos - startNanos) / TICK_NANOS;
    if (target - tick > SLOTS) {
      // After a long pause one round over all slots finds everything that is due.
      tick = target - SLOTS;
    }
    while (tick < target) {
      tick++;
      fire((int) tick & SLOTS - 1, target);
    }
  }

  private void fire(int slot, long target) {
    for (var timer = slots[slot]; timer != null;) {
      var next = timer.next;
      if (timer.dueTick <= target) {
        unlink(timer);
        timer.dueTick = FIRING;
        firing.add(timer);
      }
      timer = next;
    }
    for (int i = 0; i < firing.size(); i++) {
      var timer = firing.get(i);
      if (timer.dueTick == FIRING) {
        timer.dueTick = IDLE;
        timer.onDeadline();
      }
    }
    firing.clear();
  }
}

package io.switchboard.lane;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * One event loop, seen as a place that owns state. Other threads hand it tasks; a burst of
 * tasks costs one wake-up.
 */
public final class Lane {
  /** Tasks of others that may wait for this lane before {@link #tryExecute} refuses. */
  public static final int MAX_WAITING = 65_536;

  private static final int BURST = 1_024;
  private static final FastThreadLocal<Lane> CURRENT = new FastThreadLocal<>();

  private final int index;
  private final Lanes lanes;
  private final Context context;
  private final Clock clock;
  private final MpscUnboundedArrayQueue<Runnable> inbox = new MpscUnboundedArrayQueue<>(1_024);
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private ArrayList<Runnable> tickEnd = new ArrayList<>();
  private ArrayList<Runnable> runningTickEnd = new ArrayList<>();

  Lane(int index, Lanes lanes, Context context) {
    this.index = index;
    this.lanes = lanes;
    this.context = context;
    this.clock = new Clock(context);
  }

  /** The lane whose thread is calling; null on any other thread. */
  public static Lane current() {
    return CURRENT.get();
  }

  void enter() {
    CURRENT.set(this);
  }

  void leave() {
    CURRENT.remove();
    clock.stop();
  }

  /** From 0; dense among the lanes of one node. */
  public int index() {
    return index;
  }

  /** The lanes this one belongs to: those of one node. */
  public Lanes lanes() {
    return lanes;
  }

  /** The toolkit's own context on this event loop; connections and timers are made on it. */
  public Context context() {
    return context;
  }

  /** Deadlines of what this lane owns. To be used on this lane's thread only. */
  public TimerWheel timers() {
    return clock.wheel();
  }

  /** Starts the timer, so that it fires at the deadline. On this lane's thread only. */
  public void schedule(TimerWheel.Timer timer, long deadlineNanos) {
    clock.schedule(timer, deadlineNanos);
  }

  /** Runs the task on this lane's thread, after those handed over before it. Any thread. */
  public void execute(Runnable task) {
    inbox.offer(task);
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  /** Like {@link #execute}, but false, and nothing queued, when too much waits. Any thread. */
  public boolean tryExecute(Runnable task) {
    if (inbox.size() >= MAX_WAITING) {
      return false;
    }
    execute(task);
    return true;
  }

  /**
   * Runs the task on this lane's thread after what the event loop has to run and to read by
   * now: for long work in parts, between which others are served. A millisecond later. Any thread.
   */
  public void executeLater(Runnable task) {
    // Tasks that follow each other at once would be run before anything is read.
    context.runOnContext(ignored -> context.owner().setTimer(1, id -> task.run()));
  }

  /**
   * Runs the task once what is queued on this event loop now has run. Everything registered
   * within a tick costs one task of the event loop. On this lane's thread only.
   */
  public void atEndOfTick(Runnable task) {
    if (tickEnd.isEmpty()) {
      context.runOnContext(this::endTick);
    }
    tickEnd.add(task);
  }

  private void endTick(Void ignored) {
    var tasks = tickEnd;
    tickEnd = runningTickEnd;
    runningTickEnd = tasks;
    int next = 0;
    try {
      while (next < tasks.size()) {
        tasks.get(next++).run();
      }
    } finally {
      // A task that throws must not stand in the way of the others.
      for (; next < tasks.size(); next++) {
        atEndOfTick(tasks.get(next));
      }
      tasks.clear();
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    boolean isEmpty = false;
    try {
      for (int i = 0; i < BURST && !isEmpty; i++) {
        var task = inbox.poll();
        isEmpty = task == null;
        if (task != null) {
          task.run();
        }
      }
    } finally {
      if (!isEmpty && drainScheduled.compareAndSet(false, true)) {
        context.runOnContext(this::drain);
      }
    }
  }
}

package io.switchboard.exchange;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * The deadline of the request whose handler this thread is running: what the handler asks in
 * its own stack ends by then. One object for each thread, set before a handler is called and
 * set back when it returns.
 */
final class CurrentDeadline {
  private static final FastThreadLocal<CurrentDeadline> OF_THREAD = new FastThreadLocal<>() {
    @Override
    protected CurrentDeadline initialValue() {
      return new CurrentDeadline();
    }
  };

  private boolean isSet;
  private long nanos;

  private CurrentDeadline() {
  }

  static CurrentDeadline ofThread() {
    return OF_THREAD.get();
  }

  void set(long deadlineNanos) {
    nanos = deadlineNanos;
    isSet = true;
  }

  void clear() {
    isSet = false;
  }

  /** The given deadline, or the handler's own when that is earlier. */
  static long limit(long deadlineNanos) {
    var current = OF_THREAD.getIfExists();
    return current != null && current.isSet && current.nanos - deadlineNanos < 0
      ? current.nanos : deadlineNanos;
  }
}

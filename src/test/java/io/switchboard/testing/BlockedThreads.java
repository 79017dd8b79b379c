package io.switchboard.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what Vert.x logs about blocked threads until someone asks. Any thread may log and ask.
 * The warnings of one JVM stand in one place, because a thread blocked by one test is often
 * found while the next one runs.
 */
public final class BlockedThreads extends AppenderBase<ILoggingEvent> {
  private static final int MOST_KEPT = 20;
  private static final ArrayDeque<String> WARNINGS = new ArrayDeque<>();

  @Override
  protected void append(ILoggingEvent event) {
    var trace = event.getThrowableProxy();
    var warning = event.getFormattedMessage()
      + (trace == null ? "" : System.lineSeparator() + ThrowableProxyUtil.asString(trace));
    synchronized (WARNINGS) {
      if (WARNINGS.size() < MOST_KEPT) {
        WARNINGS.add(warning);
      }
    }
  }

  /** The warnings since the last call, oldest first; 20 at most. */
  static List<String> take() {
    synchronized (WARNINGS) {
      var taken = new ArrayList<>(WARNINGS);
      WARNINGS.clear();
      return taken;
    }
  }

  /** Throws AssertionError with the warnings since the last call, if there are any. */
  static void requireNone(String when) {
    var warnings = take();
    if (!warnings.isEmpty()) {
      throw new AssertionError("a Vert.x thread was blocked " + when + "; move the blocking "
        + "work to executeBlocking:" + System.lineSeparator()
        + String.join(System.lineSeparator(), warnings));
    }
  }
}

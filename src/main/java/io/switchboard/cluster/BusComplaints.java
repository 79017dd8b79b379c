package io.switchboard.cluster;

import io.switchboard.trunk.LogLimit;
import io.vertx.core.Handler;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what nobody caught on a Vert.x instance. Two things of the event bus are a line without a
 * stack trace, and not one for each of a flood: what bytes that are no messages made of its
 * decoder, and that it failed a message twice whose connection had gone. Everything else is logged
 * as Vert.x does it. Thread-safe.
 */
final class BusComplaints implements Handler<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(BusComplaints.class);
  /** Of the event bus between nodes, in every stack trace of it. */
  private static final String BUS = "io.vertx.core.eventbus.impl.clustered.";
  /** In the stack trace of what a connection's own thread fails later. */
  private static final String WRITE = "io.vertx.core.net.impl.DelegatingChannelPromise";

  private final LogLimit strangers = new LogLimit();
  private final LogLimit lost = new LogLimit();

  @Override
  public void handle(Throwable uncaught) {
    if (passed(uncaught, BUS, "decodeMessage")) {
      warn(strangers, "The event bus's port got bytes that are no message", uncaught);
    } else if (uncaught instanceof IllegalStateException
      && (passed(uncaught, BUS, "writeMessage") || passed(uncaught, WRITE, "tryFailure"))) {
      warn(lost, "A message did not leave, its connection has gone", uncaught);
    } else {
      LOG.error("Unhandled exception", uncaught);
    }
  }

  private static void warn(LogLimit limit, String what, Throwable uncaught) {
    long unsaid = limit.ask(System.nanoTime());
    if (unsaid >= 0) {
      LOG.warn("{}: {}{}", what, uncaught,
        unsaid == 0 ? "" : "; and " + unsaid + " more before it");
    }
  }

  private static boolean passed(Throwable uncaught, String type, String method) {
    return Arrays.stream(uncaught.getStackTrace())
      .anyMatch(frame -> frame.getClassName().startsWith(type)
        && frame.getMethodName().equals(method));
  }
}

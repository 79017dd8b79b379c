package io.switchboard.cluster;

import io.switchboard.trunk.LogLimit;
import io.vertx.core.Handler;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what nobody caught on a Vert.x instance. What bytes that are no messages made of the event
 * bus's decoder is a line without a stack trace, and not one for each of a flood; everything else
 * is logged as Vert.x does it. Thread-safe.
 */
final class BusComplaints implements Handler<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(BusComplaints.class);
  /** Where the event bus reads what other nodes sent, in every stack trace of it. */
  private static final String DECODER = "io.vertx.core.eventbus.impl.clustered.";

  private final LogLimit limit = new LogLimit();

  @Override
  public void handle(Throwable uncaught) {
    if (!isOfTheBus(uncaught)) {
      LOG.error("Unhandled exception", uncaught);
      return;
    }
    long unsaid = limit.ask(System.nanoTime());
    if (unsaid >= 0) {
      LOG.warn("The event bus's port got bytes that are no message: {}{}", uncaught,
        unsaid == 0 ? "" : "; and " + unsaid + " more before it");
    }
  }

  private static boolean isOfTheBus(Throwable uncaught) {
    return Arrays.stream(uncaught.getStackTrace())
      .anyMatch(frame -> frame.getClassName().startsWith(DECODER)
        && frame.getMethodName().equals("decodeMessage"));
  }
}

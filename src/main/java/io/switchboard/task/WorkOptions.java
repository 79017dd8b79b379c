package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Span;
import io.switchboard.message.SwitchboardException;
import java.time.Duration;

/**
 * How a worker works. Immutable.
 *
 * @param prefetch   the most tasks that it holds at once; 0 for the exchange's own
 * @param ackTimeout how long it may be silent about a task, 365 days at most; null for the
 *                   exchange's own
 * @param byHand     only a verdict that is spoken counts, not the end of the handler's future
 */
public record WorkOptions(int prefetch, Duration ackTimeout, boolean byHand) {
  /** The exchange's defaults; success of the handler's future acks, failure nacks. */
  public static final WorkOptions DEFAULT = new WorkOptions(0, null, false);

  private static final int MAX_PREFETCH = 65_536;

  /** Throws BAD_REQUEST for what is out of range. */
  public WorkOptions {
    if (prefetch < 0 || prefetch > MAX_PREFETCH) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "a prefetch lies between 1 and " + MAX_PREFETCH + ", this one is " + prefetch);
    }
    if (ackTimeout != null && Span.require("an ack timeout", ackTimeout).isZero()) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "an ack timeout is positive");
    }
  }

  /** The most tasks that the worker holds at once. */
  public static WorkOptions prefetch(int prefetch) {
    return new WorkOptions(prefetch, null, false);
  }

  /** A task about which the worker is silent for so long goes to another. */
  public WorkOptions ackTimeout(Duration ackTimeout) {
    return new WorkOptions(prefetch, ackTimeout, byHand);
  }

  /** Tasks stay with the worker until it calls ack or nack, whatever its handler returns. */
  public WorkOptions manual() {
    return new WorkOptions(prefetch, ackTimeout, true);
  }
}

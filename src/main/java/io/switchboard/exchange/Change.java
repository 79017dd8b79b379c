package io.switchboard.exchange;

/**
 * What a monitor is told: that what it watches went down, or is back.
 *
 * @param exchange the exchange's name
 * @param isUp     false when it went down
 * @param reason   why
 * @param detail   a clause for people
 */
public record Change(String exchange, boolean isUp, Reason reason, String detail) {
  /** Why something is down or up. */
  public enum Reason {
    /** It was not there when the monitor began. */
    ABSENT,
    /** The last one was detached, or its verticle undeployed, or its node stopped in order. */
    DETACHED,
    /** The node of the last one is out of reach: it died, hangs, or the network parts us. */
    NODE_DOWN,
    /** The exchange was deleted. */
    DELETED,
    /** Somebody is attached again. */
    BACK
  }
}

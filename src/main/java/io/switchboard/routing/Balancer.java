package io.switchboard.routing;

/**
 * The strategy that picks one worker for one message. It is called on event loops, once for
 * each message, and must never block.
 *
 * <p>A class of your own needs a public constructor without arguments. It gets one instance for
 * each event loop, so that what it keeps needs no locks; the toolkit's own share one instance
 * and keep their state for each lane.
 */
@FunctionalInterface
public interface Balancer {
  /** What {@link #choose} says when nobody has room. */
  int NOBODY = -1;

  /**
   * Picks a worker that has room.
   *
   * @param key the sender's balancing key; null without one
   * @return its index, or {@link #NOBODY}
   */
  int choose(Candidates candidates, String key);
}

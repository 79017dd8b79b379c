package io.switchboard.routing;

/**
 * The strategy that picks one worker for one message. One instance serves one exchange on one
 * node; it is called on many lanes at once, so what it keeps must be kept for each lane.
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

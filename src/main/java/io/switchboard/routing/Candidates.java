package io.switchboard.routing;

/**
 * The workers that a balancer may choose from, as the sending lane sees them now. To be used
 * during {@link Balancer#choose} only: one object serves all choices of a lane.
 */
public interface Candidates {
  /** How many; at least 1. */
  int size();

  /** False for a worker that is full or has refused this message already. */
  boolean hasRoom(int index);

  /** How many of this lane's requests the worker has in hand. */
  int load(int index);

  /** A hash of the worker that is the same on every node. */
  long identity(int index);

  /** What share the worker wants beside the others; at least 1, and 1 when it says nothing. */
  int weight(int index);

  /** What the worker says of itself, or its node of all its workers; null for nothing. */
  String label(int index, String name);

  /**
   * How long the worker takes to answer this lane, in nanoseconds: an average that follows a
   * rise at once and a fall within seconds. 0 when nothing is known, and for all workers where
   * the exchange's balancer is one of the toolkit's own that does not ask for it.
   */
  double latency(int index);

  /** The sending lane: state that a balancer keeps for each lane needs no locks. */
  int lane();

  /** A random number from 0 to bound - 1. */
  int random(int bound);
}

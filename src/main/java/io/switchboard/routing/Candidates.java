package io.switchboard.routing;

/** The workers that a balancer may choose from, as the sending lane sees them now. */
public interface Candidates {
  /** How many; at least 1. */
  int size();

  /** False for a worker that is full or has refused this message already. */
  boolean hasRoom(int index);

  /** How many of this lane's requests the worker has in hand. */
  int load(int index);

  /** A hash of the worker that is the same on every node. */
  long identity(int index);

  /** The sending lane: state that a balancer keeps for each lane needs no locks. */
  int lane();

  /** A random number from 0 to bound - 1. */
  int random(int bound);
}

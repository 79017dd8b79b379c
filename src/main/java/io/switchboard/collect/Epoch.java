package io.switchboard.collect;

/**
 * One reign of one collector. Of two the later one has the higher number; two that began in
 * parts of a cluster that did not see each other are told apart by their nodes.
 *
 * @param number grows with every takeover, from 1
 * @param node   the incarnation of the collector's node
 */
record Epoch(long number, long node) implements Comparable<Epoch> {
  /** Before the first one. */
  static final Epoch NONE = new Epoch(0, 0);

  /** The one that a node would begin after this one. */
  Epoch next(long nextNode) {
    return new Epoch(number + 1, nextNode);
  }

  @Override
  public int compareTo(Epoch other) {
    return number != other.number
      ? Long.compare(number, other.number) : Long.compare(node, other.node);
  }

  /** The later one of the two. */
  Epoch max(Epoch other) {
    return compareTo(other) >= 0 ? this : other;
  }
}

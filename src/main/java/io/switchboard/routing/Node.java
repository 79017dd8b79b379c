package io.switchboard.routing;

/**
 * A node as routes name it.
 *
 * @param name  unique in the cluster
 * @param id    the incarnation: another one after every start
 * @param trunk the number of the trunk that leads there; 0 is this node
 */
public record Node(String name, long id, int trunk) {
  /** The trunk number of the node that looks. */
  public static final int LOCAL = 0;

  /** True for the node that looks. */
  public boolean isLocal() {
    return trunk == LOCAL;
  }
}

package io.switchboard.routing;

/** The balancers that an exchange's options can name. */
public enum Balancing {
  /** Each worker in turn. */
  ROUND_ROBIN,
  /** Any worker. */
  RANDOM,
  /** The less loaded of two. */
  LEAST_LOADED,
  /** The same worker for the same key. */
  KEY_HASH;

  /** A new balancer for one exchange on a node with so many lanes. */
  public Balancer create(int lanes) {
    return switch (this) {
      case ROUND_ROBIN -> new RoundRobinBalancer(lanes);
      case RANDOM -> new RandomBalancer();
      case LEAST_LOADED -> new LeastLoadedBalancer();
      case KEY_HASH -> new KeyHashBalancer();
    };
  }
}

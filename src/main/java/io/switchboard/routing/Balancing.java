package io.switchboard.routing;

import java.util.Map;

/** The balancers that an exchange's options can name. */
public enum Balancing {
  /** Each worker in turn. */
  ROUND_ROBIN,
  /** Any worker. */
  RANDOM,
  /** The less loaded of two. */
  LEAST_LOADED,
  /** The same worker for the same key. */
  KEY_HASH,
  /** Each worker in turn, as often as its weight says. */
  WEIGHTED,
  /** The one of two that answers sooner. */
  LATENCY_AWARE,
  /** The same worker for the same key while it is not much busier than the others. */
  STICKY,
  /** One whose labels are the wanted ones. */
  LABEL;

  /** A new balancer, for nobody's labels, for one exchange on a node with so many lanes. */
  public Balancer create(int lanes) {
    return create(lanes, Map.of());
  }

  /**
   * A new balancer for one exchange on a node with so many lanes.
   *
   * @param wanted labels that workers should have, for the balancer that goes by them
   */
  public Balancer create(int lanes, Map<String, String> wanted) {
    return switch (this) {
      case ROUND_ROBIN -> new RoundRobinBalancer(lanes);
      case RANDOM -> new RandomBalancer();
      case LEAST_LOADED -> new LeastLoadedBalancer();
      case KEY_HASH -> new KeyHashBalancer();
      case WEIGHTED -> new WeightedBalancer(lanes);
      case LATENCY_AWARE -> new LatencyAwareBalancer();
      case STICKY -> new StickyBalancer();
      case LABEL -> new LabelBalancer(wanted);
    };
  }
}

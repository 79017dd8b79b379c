package io.switchboard.exchange;

import io.switchboard.routing.Balancer;
import io.switchboard.routing.Balancing;
import io.switchboard.routing.OwnBalancer;
import io.switchboard.routing.OwnBalancers;
import java.lang.reflect.Constructor;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The balancer that an exchange has on this node.
 *
 * @param balancer what picks
 * @param timed    it may ask how long workers take
 * @param ofUser   its class when that is a user's own
 * @param fallback why it is round-robin and not the one that the exchange names; null otherwise
 */
record ChosenBalancer(Balancer balancer, boolean timed, Class<?> ofUser, String fallback) {
  private static final Logger LOG = LoggerFactory.getLogger(ChosenBalancer.class);

  /** Says in the log when it must fall back. */
  static ChosenBalancer of(String exchange, RequestOptions options, int lanes,
    Map<String, String> nodeLabels, OwnBalancers ownBalancers) {
    var known = options.balancing();
    if (known != null) {
      var wanted = options.prefer().isEmpty() ? nodeLabels : options.prefer();
      return new ChosenBalancer(known.create(lanes, wanted),
        known == Balancing.LATENCY_AWARE, null, null);
    }
    var name = options.balancer();
    var type = ownBalancers.find(name);
    if (type == null) {
      return fallback(exchange, lanes, null, "no verticle file here has the class " + name);
    }
    try {
      var maker = type.asSubclass(Balancer.class).getConstructor();
      return new ChosenBalancer(new OwnBalancer(name, lanes, () -> make(maker)),
        true, type, null);
    } catch (ReflectiveOperationException | ClassCastException | LinkageError
      | IllegalStateException unusable) {
      return fallback(exchange, lanes, type,
        name + " is no balancer with a public constructor without arguments: " + unusable);
    }
  }

  private static Balancer make(Constructor<? extends Balancer> maker) {
    try {
      return maker.newInstance();
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  private static ChosenBalancer fallback(
    String exchange, int lanes, Class<?> type, String reason) {
    LOG.warn("Exchange '{}' goes round-robin on this node: {}", exchange, reason);
    return new ChosenBalancer(Balancing.ROUND_ROBIN.create(lanes), false, type, reason);
  }
}

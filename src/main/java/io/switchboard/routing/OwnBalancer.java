package io.switchboard.routing;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A balancer of a user's own: one instance for each lane, so that it needs no locks. When it
 * throws, or picks somebody without room, the message takes the next worker in turn instead,
 * and the first such mistake is logged.
 */
public final class OwnBalancer implements Balancer {
  private static final Logger LOG = LoggerFactory.getLogger(OwnBalancer.class);

  private final String name;
  private final Balancer[] ofLanes;
  private final Balancer otherwise;
  private volatile boolean complained;

  /**
   * Makes the instances; what making one throws goes to the caller.
   *
   * @param name of its class, for the log
   */
  public OwnBalancer(String name, int lanes, Supplier<? extends Balancer> maker) {
    this.name = name;
    ofLanes = new Balancer[lanes];
    for (int i = 0; i < lanes; i++) {
      ofLanes[i] = maker.get();
    }
    otherwise = new RoundRobinBalancer(lanes);
  }

  @Override
  public int choose(Candidates candidates, String key) {
    try {
      int index = ofLanes[candidates.lane()].choose(candidates, key);
      if (index == NOBODY
        || index >= 0 && index < candidates.size() && candidates.hasRoom(index)) {
        return index;
      }
      complain("it chose " + index + " of " + candidates.size()
        + ", which does not exist or has no room", null);
    } catch (RuntimeException | LinkageError mistake) {
      complain(mistake.toString(), mistake);
    }
    return otherwise.choose(candidates, key);
  }

  private void complain(String what, Throwable mistake) {
    if (!complained) {
      complained = true;
      LOG.error("Balancer {}: {}; such messages go round-robin", name, what, mistake);
    }
  }
}

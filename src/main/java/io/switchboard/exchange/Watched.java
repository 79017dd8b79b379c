package io.switchboard.exchange;

import io.switchboard.exchange.Change.Reason;
import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a monitor watches: a whole exchange, or one worker of it. Pure.
 *
 * @param node   null for the whole exchange
 * @param worker the worker's number on that node
 */
record Watched(String exchange, String node, long worker) {
  static Watched exchange(String exchange) {
    return new Watched(exchange, null, 0);
  }

  /** The nodes that make it up now; none means down. */
  Set<Node> holders(Route route) {
    var holders = new HashSet<Node>();
    if (route == null) {
      return holders;
    }
    if (node == null) {
      route.subscribers().forEach(each -> holders.add(each.node()));
    }
    Arrays.stream(route.workers()).filter(each -> node == null
      || each.id() == worker && each.node().name().equals(node))
      .forEach(each -> holders.add(each.node()));
    return holders;
  }

  /**
   * Says that it went down, and why.
   *
   * @param before  who made it up until now; null when the monitor has just begun
   * @param inReach whether a node can be reached now
   */
  Change down(Route route, Set<Node> before, Predicate<Node> inReach) {
    if (route == null) {
      return before == null ? down(Reason.ABSENT, "no exchange of that name is declared")
        : down(Reason.DELETED, "the exchange was deleted");
    }
    var what = node == null ? "nobody" : "no worker " + node + "/" + worker;
    if (before == null) {
      return down(Reason.ABSENT, what + " is attached");
    }
    return before.stream().filter(inReach.negate()).findAny()
      .map(lost -> down(Reason.NODE_DOWN, "node " + lost.name() + " is out of reach"))
      .orElseGet(() -> down(Reason.DETACHED, what + " is attached any more"));
  }

  private Change down(Reason reason, String detail) {
    return new Change(exchange, false, reason, detail);
  }

  Change back(Set<Node> holders) {
    return new Change(exchange, true, Reason.BACK,
      "attached on node " + holders.iterator().next().name());
  }
}

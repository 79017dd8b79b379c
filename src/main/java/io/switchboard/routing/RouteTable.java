package io.switchboard.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * This node's view of all exchanges and workers: an immutable snapshot, replaced whole. It is
 * kept in buckets, and a new table shares those that have not changed, so that a change among
 * ten thousand exchanges copies a few of them.
 */
public final class RouteTable {
  private static final int BUCKETS = 1_024;

  /** Knows nothing. */
  public static final RouteTable EMPTY = new RouteTable(emptyBuckets());

  private final Map<String, Route>[] buckets;

  private RouteTable(Map<String, Route>[] buckets) {
    this.buckets = buckets;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, Route>[] emptyBuckets() {
    Map<String, Route>[] buckets = new Map[BUCKETS];
    Arrays.fill(buckets, Map.of());
    return buckets;
  }

  private static int bucket(String exchange) {
    int hash = exchange.hashCode();
    return (hash ^ hash >>> 10 ^ hash >>> 20) & BUCKETS - 1;
  }

  /** Null when no exchange of that name is known here. */
  public Route route(String exchange) {
    return buckets[bucket(exchange)].get(exchange);
  }

  /** All, in no order. */
  public Collection<Route> routes() {
    var routes = new ArrayList<Route>();
    for (var bucket : buckets) {
      routes.addAll(bucket.values());
    }
    return routes;
  }

  /** A table with these routes put in place of what it had; a null route takes one out. */
  public RouteTable with(Map<String, Route> changes) {
    var next = buckets.clone();
    changes.forEach((name, route) -> {
      int index = bucket(name);
      if (next[index] == buckets[index]) {
        next[index] = new HashMap<>(next[index]);
      }
      if (route == null) {
        next[index].remove(name);
      } else {
        next[index].put(name, route);
      }
    });
    return new RouteTable(next);
  }
}

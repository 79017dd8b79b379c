package io.switchboard.routing;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** This node's view of all exchanges and workers: an immutable snapshot, replaced whole. */
public final class RouteTable {
  /** Knows nothing. */
  public static final RouteTable EMPTY = new RouteTable(Map.of());

  private final Map<String, Route> routes;

  private RouteTable(Map<String, Route> routes) {
    this.routes = routes;
  }

  /** Null when no exchange of that name is known here. */
  public Route route(String exchange) {
    return routes.get(exchange);
  }

  /** All, in no order. */
  public Collection<Route> routes() {
    return Collections.unmodifiableCollection(routes.values());
  }

  public int size() {
    return routes.size();
  }

  /** A table with these routes put in place of what it had; a null route takes one out. */
  public RouteTable with(Map<String, Route> changes) {
    var next = new HashMap<>(routes);
    changes.forEach((name, route) -> {
      if (route == null) {
        next.remove(name);
      } else {
        next.put(name, route);
      }
    });
    return new RouteTable(next);
  }
}

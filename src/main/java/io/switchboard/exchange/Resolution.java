package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.routing.Balancer;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;

/** What the present route table says of one request exchange, and what this node makes of it. */
final class Resolution {
  /** Workers that went away within this time may be back in a moment. */
  private static final long LATELY_NANOS = 5_000_000_000L;

  private final String name;
  private final Core core;
  private final Budget[] retryBudgets;
  private volatile Known known = Known.NOTHING;
  /** When this node saw that the last worker was gone. */
  private volatile long lostNanos = System.nanoTime() - LATELY_NANOS;

  Resolution(String name, Core core) {
    this.name = name;
    this.core = core;
    retryBudgets = new Budget[core.lanes.count()];
  }

  /** What one table says. */
  record Known(RouteTable table, Route route, RequestOptions options, Balancer balancer) {
    private static final Known NOTHING =
      new Known(null, null, RequestOptions.DEFAULT, null);
  }

  /** Throws NO_EXCHANGE and CONFLICT. Any thread. */
  Known now() {
    var table = core.directory.routes();
    var before = known;
    return before.table == table ? before : refresh(table, before);
  }

  /** What {@link #now()} said last. */
  RequestOptions lastOptions() {
    return known.options;
  }

  private Known refresh(RouteTable table, Known before) {
    var route = table.route(name);
    if (route == null) {
      throw Core.unknown(name);
    }
    if (route.declaration().kind() != Kind.REQUEST) {
      throw Core.otherKind(route.declaration(), "request, send or serve");
    }
    var next = isSame(before, route.declaration())
      ? new Known(table, route, before.options, before.balancer)
      : known(table, route);
    if (route.workers().length == 0 && before.route != null
      && before.route.workers().length > 0) {
      lostNanos = System.nanoTime();
    }
    known = next;
    return next;
  }

  private static boolean isSame(Known before, Declaration declaration) {
    return before.route != null && before.route.declaration().equals(declaration);
  }

  private Known known(RouteTable table, Route route) {
    var options = RequestOptions.from(route.declaration().options(), name);
    return new Known(table, route, options, options.balancer().create(core.lanes.count()));
  }

  /** How many workers are attached now. */
  int workers() {
    var route = core.directory.routes().route(name);
    return route == null ? 0 : route.workers().length;
  }

  /** True when a worker is there or went away so lately that it may be back in a moment. */
  boolean hadWorkersLately(long nowNanos) {
    return nowNanos - lostNanos < LATELY_NANOS || workers() > 0;
  }

  /** On that lane's thread only. */
  Budget retryBudget(Lane lane) {
    var budget = retryBudgets[lane.index()];
    if (budget == null) {
      budget = new Budget(Retries.PERCENT, Retries.FLOOR, System.nanoTime());
      retryBudgets[lane.index()] = budget;
    }
    return budget;
  }
}

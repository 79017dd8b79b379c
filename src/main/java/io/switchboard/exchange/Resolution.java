package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;
import io.switchboard.routing.Worker;

/** What the present route table says of one request exchange, and what this node makes of it. */
final class Resolution {
  /** Workers that went away within this time may be back in a moment. */
  private static final long LATELY_NANOS = 5_000_000_000L;

  private static final Worker[] NOBODY = {};

  private final String name;
  private final Core core;
  private final Budget[] retryBudgets;
  private final Budget[] hedgeBudgets;
  private volatile Known known = Known.NOTHING;
  /** When this node saw that the last worker was gone. */
  private volatile long lostNanos = System.nanoTime() - LATELY_NANOS;

  Resolution(String name, Core core) {
    this.name = name;
    this.core = core;
    retryBudgets = new Budget[core.lanes.count()];
    hedgeBudgets = new Budget[core.lanes.count()];
  }

  /** What one table says. */
  record Known(
    RouteTable table, Route route, RequestOptions options, ChosenBalancer chosen) {
    private static final Known NOTHING =
      new Known(null, null, RequestOptions.DEFAULT, null);
  }

  /** Throws NO_EXCHANGE and CONFLICT. Any thread. */
  Known now() {
    var table = core.directory.routes();
    var before = known;
    return before.table == table ? before : refresh(table);
  }

  /** What {@link #now()} said last. */
  RequestOptions lastOptions() {
    return known.options;
  }

  private synchronized Known refresh(RouteTable table) {
    var before = known;
    var route = Lookup.require(table, name, Kind.REQUEST, "request, send or serve");
    var next = isSame(before, route.declaration())
      ? new Known(table, route, before.options, before.chosen)
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
    return new Known(table, route, options, choose(options));
  }

  private ChosenBalancer choose(RequestOptions options) {
    return ChosenBalancer.of(
      name, options, core.lanes.count(), core.nodeLabels, core.ownBalancers);
  }

  /** Other verticle files are deployed now: a balancer of a user's own is looked up again. */
  synchronized void ownBalancersChanged() {
    var before = known;
    if (before.route != null && before.options.balancing() == null
      && core.ownBalancers.find(before.options.balancer()) != before.chosen.ofUser()) {
      known = new Known(
        before.table, before.route, before.options, choose(before.options));
    }
  }

  /** Why the balancer is not the one that the exchange names; null when it is. */
  String fallback() {
    var chosen = known.chosen;
    return chosen == null ? null : chosen.fallback();
  }

  /** True when somebody else than this worker, which may have left by now, is attached. */
  boolean hasOthers(Worker worker) {
    var workers = workers();
    return workers.length > 1 || workers.length == 1 && workers[0] != worker;
  }

  /** None when the exchange is deleted. */
  private Worker[] workers() {
    var route = core.directory.routes().route(name);
    return route == null ? NOBODY : route.workers();
  }

  /** True when a worker is there or went away so lately that it may be back in a moment. */
  boolean hadWorkersLately(long nowNanos) {
    return nowNanos - lostNanos < LATELY_NANOS || workers().length > 0;
  }

  /** On that lane's thread only. */
  Budget retryBudget(Lane lane) {
    return budget(retryBudgets, lane, Retries.PERCENT, Retries.FLOOR);
  }

  /** On that lane's thread only. */
  Budget hedgeBudget(Lane lane) {
    return budget(hedgeBudgets, lane, Hedges.PERCENT, 0);
  }

  private static Budget budget(Budget[] budgets, Lane lane, int percent, int floor) {
    var budget = budgets[lane.index()];
    if (budget == null) {
      budget = new Budget(percent, floor, System.nanoTime());
      budgets[lane.index()] = budget;
    }
    return budget;
  }
}

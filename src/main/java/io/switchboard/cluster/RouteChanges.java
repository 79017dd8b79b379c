package io.switchboard.cluster;

import io.switchboard.lane.Lane;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What changes within one tick: at its end the route table is rebuilt from it, and what changed
 * here is announced. On the control lane, but for {@link #routes} and {@link #onChange}.
 */
final class RouteChanges {
  private final Lane control;
  private final Announcer announcer;
  private final Function<String, Announcement> announcements;
  /** How an exchange's route is built anew; null for one that is not declared. */
  private final Function<String, Route> routeOf;
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private volatile RouteTable routes = RouteTable.EMPTY;

  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<String, Declared> declarations = new LinkedHashMap<>();
  private final Set<String> attachments = new LinkedHashSet<>();
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private boolean scheduled;

  RouteChanges(Lane control, Announcer announcer, Function<String, Announcement> announcements,
    Function<String, Route> routeOf) {
    this.control = control;
    this.announcer = announcer;
    this.announcements = announcements;
    this.routeOf = routeOf;
  }

  RouteTable routes() {
    return routes;
  }

  void onChange(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  /** The exchange's route is other than it was. */
  void route(String exchange) {
    changed.add(exchange);
  }

  void routes(Collection<String> exchanges) {
    changed.addAll(exchanges);
  }

  /** To be announced. */
  void declaration(String exchange, Declared declared) {
    declarations.put(exchange, declared);
    changed.add(exchange);
  }

  /** To be announced. */
  void attachment(String exchange) {
    attachments.add(exchange);
    changed.add(exchange);
  }

  /** Calls once this tick's changes show in the routes. */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  /** Completes when what this tick changes is applied everywhere. */
  Future<Void> applied() {
    Promise<Void> done = Promise.promise();
    waiting.add(done);
    schedule();
    return done.future();
  }

  void schedule() {
    if (!scheduled) {
      scheduled = true;
      control.atEndOfTick(this::flush);
    }
  }

  private void flush() {
    scheduled = false;
    var attached = attachments.stream().map(announcements).toList();
    rebuild();
    var promises = List.copyOf(waiting);
    waiting.clear();
    attachments.clear();
    announcer.announce(List.copyOf(declarations.values()), attached, promises);
    declarations.clear();
    afterwards.forEach(Runnable::run);
    afterwards.clear();
  }

  /** Lets the changes so far show now. */
  void rebuild() {
    if (changed.isEmpty()) {
      return;
    }
    var names = Set.copyOf(changed);
    changed.clear();
    var changes = new HashMap<String, Route>();
    names.forEach(name -> changes.put(name, routeOf.apply(name)));
    routes = routes.with(changes);
    listeners.forEach(listener -> listener.accept(names));
  }
}

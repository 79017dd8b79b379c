package io.switchboard.cluster;

import io.switchboard.lane.Lane;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Interest;
import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The directory of a cluster: every node keeps all declarations and what every peer has
 * announced, and rebuilds its route table from both. What changes within one tick is applied
 * and announced together.
 */
public final class ClusterDirectory implements Directory, TrunkListener {
  private static final String HEARTBEAT = "heartbeat";
  private static final String SYNC = "sync";

  private final Lane control;
  private final Trunks trunks;
  private final Declarations declarations;
  private final LocalAttachments local = new LocalAttachments();
  private final Map<Trunk, PeerAttachments> peers = new LinkedHashMap<>();
  private final RouteBuilder builder;
  private final Announcer announcer;
  private final Finder finder;
  private final RouteChanges changes;

  /** Must be added to the trunks as a listener before they start. */
  public ClusterDirectory(Lane control, Trunks trunks) {
    this.control = control;
    this.trunks = trunks;
    var self = trunks.self();
    declarations = new Declarations(self.incarnation());
    builder = new RouteBuilder(
      new Node(self.name(), self.incarnation(), Node.LOCAL), self.lanes());
    var vertx = control.context().owner();
    announcer = new Announcer(vertx, trunks);
    finder = new Finder(vertx, trunks);
    changes = new RouteChanges(control, announcer, local::announce, this::routeOf);
  }

  private Route routeOf(String exchange) {
    var declared = declarations.entry(exchange);
    return declared == null || declared.deleted() ? null : builder.build(
      declared, routes().route(exchange), local.announced(exchange), peers.values());
  }

  @Override
  public RouteTable routes() {
    return changes.routes();
  }

  @Override
  public void onChange(Consumer<Set<String>> listener) {
    changes.onChange(listener);
  }

  /** True when every peer in reach has sent all that it has. On the control lane. */
  public boolean isComplete() {
    return trunks.open().stream()
      .allMatch(trunk -> peers.containsKey(trunk) && peers.get(trunk).isComplete());
  }

  @Override
  public Future<Boolean> declare(Declaration declaration) {
    return onControl(() -> {
      var name = declaration.name();
      var living = declarations.get(name);
      if (living != null) {
        return living.equals(declaration)
          ? Future.succeededFuture(false) : Future.failedFuture(conflict(living));
      }
      changes.declaration(name, declarations.declare(declaration));
      return changes.applied().compose(everywhere -> {
        var winner = declarations.get(name);
        return declaration.equals(winner) ? Future.succeededFuture(true)
          : Future.failedFuture(winner == null ? deleted(name) : conflict(winner));
      });
    });
  }

  private static SwitchboardException conflict(Declaration living) {
    return new SwitchboardException(FailureCode.CONFLICT, "exchange '" + living.name()
      + "' is declared as " + living.kind().word() + " " + living.options().encode());
  }

  private static SwitchboardException deleted(String name) {
    return new SwitchboardException(FailureCode.CONFLICT,
      "exchange '" + name + "' was deleted while it was being declared");
  }

  @Override
  public Future<Boolean> delete(String exchange) {
    return onControl(() -> {
      if (declarations.get(exchange) == null) {
        return Future.succeededFuture(false);
      }
      changes.declaration(exchange, declarations.delete(exchange));
      return changes.applied().map(true);
    });
  }

  @Override
  public Future<Boolean> find(String exchange) {
    return onControl(() -> declarations.get(exchange) != null
      ? Future.succeededFuture(true) : finder.find(exchange));
  }

  @Override
  public Future<Void> attachWorker(
    Declaration defaults, long worker, int lane, JsonObject attributes) {
    int size = attributes.isEmpty() ? 0 : attributes.encode().length();
    if (size > Announcement.MAX_ATTRIBUTES) {
      return Future.failedFuture(new SwitchboardException(FailureCode.TOO_LARGE,
        "a worker's attributes are " + size + " characters of JSON, more than "
          + Announcement.MAX_ATTRIBUTES));
    }
    var place = new Announcement.Place(worker, lane, attributes.copy());
    return attach(defaults, () -> local.addWorker(defaults.name(), place));
  }

  @Override
  public Future<Void> detachWorker(String exchange, long worker) {
    return onControl(() -> local.removeWorker(exchange, worker)
      ? attachmentChanged(exchange) : Future.succeededFuture());
  }

  @Override
  public Future<Void> attachSubscriber(
    Declaration defaults, long subscriber, Interest interest) {
    var name = defaults.name();
    return onControl(() -> local.hasRoomFor(name, interest)
      ? attach(defaults, () -> local.addSubscriber(name, subscriber, interest))
      : Future.failedFuture(new SwitchboardException(FailureCode.OVERLOADED,
        "this node has too many groups at topic '" + name + "'")));
  }

  private Future<Void> attach(Declaration defaults, Runnable add) {
    return onControl(() -> {
      var name = defaults.name();
      var living = declarations.get(name);
      if (living == null) {
        changes.declaration(name, declarations.declareImplicitly(defaults));
      } else if (living.kind() != defaults.kind()) {
        return Future.failedFuture(conflict(living));
      }
      add.run();
      return attachmentChanged(name).compose(everywhere -> {
        var winner = declarations.get(name);
        return winner == null || winner.kind() == defaults.kind()
          ? Future.succeededFuture() : Future.failedFuture(conflict(winner));
      });
    });
  }

  @Override
  public Future<Void> detachSubscriber(String exchange, long subscriber) {
    return onControl(() -> local.removeSubscriber(exchange, subscriber)
      ? attachmentChanged(exchange) : Future.succeededFuture());
  }

  private Future<Void> attachmentChanged(String exchange) {
    changes.attachment(exchange);
    return changes.applied();
  }

  private <T> Future<T> onControl(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    control.execute(() -> action.get().onComplete(done));
    return done.future();
  }

  @Override
  public void onUp(Trunk trunk) {
    reachable(trunk, true);
    trunks.tell(trunk, SYNC, new JsonObject());
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    reachable(trunk, false);
    announcer.gone(trunk);
    finder.gone(trunk);
    if (trunk.state() == Trunk.State.GONE) {
      peers.remove(trunk);
    }
    // Whoever waits is told at once: the routes change now, not at the end of the tick.
    changes.rebuild();
  }

  private void reachable(Trunk trunk, boolean reachable) {
    var peer = peers.computeIfAbsent(trunk, PeerAttachments::of);
    peer.reachable(reachable);
    changes.routes(peer.exchanges());
    changes.schedule();
  }

  @Override
  public void onHeartbeat(JsonObject heartbeat) {
    heartbeat.put("declared", declarations.digest()).put("attached", local.digest());
  }

  @Override
  public void onControl(Trunk trunk, String type, JsonObject content) {
    switch (type) {
      case HEARTBEAT -> compare(trunk, content);
      case SYNC -> announcer.tellAll(trunk, declarations.all(), local.all());
      case Announcer.ANNOUNCE -> apply(trunk, content);
      case Announcer.STATE -> applyAll(trunk, content);
      case Announcer.APPLIED -> confirmed(trunk, content);
      case Finder.FIND -> answer(trunk, content.getString("name"));
      case Finder.FOUND -> found(trunk, content);
      default -> { }
    }
  }

  private void compare(Trunk trunk, JsonObject heartbeat) {
    var peer = peers.get(trunk);
    if (peer != null && peer.needsRepair(heartbeat.getLong("attached"),
      heartbeat.getLong("declared"), declarations.digest())) {
      trunks.tell(trunk, SYNC, new JsonObject());
    }
  }

  private void apply(Trunk trunk, JsonObject part) {
    var conflicts = merge(Announcer.declared(part));
    var peer = peers.computeIfAbsent(trunk, PeerAttachments::of);
    for (var announcement : Announcer.attached(part)) {
      peer.apply(announcement);
      changes.route(announcement.exchange());
    }
    changes.afterwards(() -> announcer.confirm(trunk, part.getLong("part"), conflicts));
    changes.schedule();
  }

  private void applyAll(Trunk trunk, JsonObject part) {
    merge(Announcer.declared(part));
    changes.routes(peers.computeIfAbsent(trunk, PeerAttachments::of).replace(
      Announcer.attached(part), part.getBoolean("first"), part.getBoolean("last")));
    changes.schedule();
  }

  /** Returns what stands here against what came. */
  private List<Declared> merge(List<Declared> incoming) {
    var conflicts = new ArrayList<Declared>();
    for (var declared : incoming) {
      if (declarations.merge(declared)) {
        changes.route(declared.name());
      } else if (!declarations.entry(declared.name()).saysTheSameAs(declared)) {
        conflicts.add(declarations.entry(declared.name()));
      }
    }
    return conflicts;
  }

  private void confirmed(Trunk trunk, JsonObject content) {
    var against = content.getJsonArray("conflicts").stream()
      .map(each -> Declared.fromJson((JsonObject) each)).toList();
    if (!against.isEmpty()) {
      merge(against);
      changes.schedule();
    }
    announcer.applied(trunk, content.getLong("part"));
  }

  private void answer(Trunk trunk, String name) {
    var entry = declarations.get(name) == null ? null : declarations.entry(name);
    trunks.tell(trunk, Finder.FOUND, new JsonObject().put("name", name)
      .put("declared", entry == null ? null : entry.toJson()));
  }

  private void found(Trunk trunk, JsonObject content) {
    var declared = content.getJsonObject("declared");
    var name = content.getString("name");
    if (declared != null) {
      merge(List.of(Declared.fromJson(declared)));
      changes.rebuild();
    }
    finder.answered(trunk, name, declared != null);
  }
}

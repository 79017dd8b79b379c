package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells who wants to know when an exchange or a worker goes down and comes back. Every change
 * of the routes is looked at, on the control lane, so none is missed and none told twice.
 */
final class Monitors {
  private final Core core;
  private final Lane control;
  private final Map<String, List<Monitor>> byExchange = new HashMap<>();

  Monitors(Core core) {
    this.core = core;
    this.control = core.lanes.control();
  }

  /** Begins on the calling context, after asking the others for an unknown exchange. */
  Future<Attachment> begin(Watched watched, Consumer<Change> handler) {
    try {
      Names.requireName(watched.exchange());
    } catch (SwitchboardException malformed) {
      return Future.failedFuture(malformed);
    }
    var context = core.vertx.getOrCreateContext();
    var monitor = new Monitor(this, watched, handler, context);
    core.lifelines.tie(context, monitor);
    var known = core.directory.routes().route(watched.exchange()) != null
      ? Future.succeededFuture(true) : core.directory.find(watched.exchange());
    Promise<Attachment> begun = Promise.promise();
    known.onComplete(found -> control.execute(() -> {
      if (!monitor.isDetached()) {
        byExchange.computeIfAbsent(watched.exchange(), absent -> new ArrayList<>()).add(monitor);
        look(monitor);
      }
      // Behind what the handler is told first.
      context.runOnContext(ignored -> begun.complete(monitor));
    }));
    return CallerContext.backHere(begun.future());
  }

  /** The routes of these exchanges have changed. On the control lane. */
  void changed(Set<String> exchanges) {
    if (byExchange.isEmpty()) {
      return;
    }
    for (var exchange : exchanges) {
      byExchange.getOrDefault(exchange, List.of()).forEach(this::look);
    }
  }

  private void look(Monitor monitor) {
    monitor.look(core.directory.routes().route(monitor.exchange()));
  }

  void lookAgain(Monitor monitor) {
    control.execute(() -> look(monitor));
  }

  boolean isInReach(Node node) {
    if (node.isLocal()) {
      return true;
    }
    var trunk = core.trunks.get(node.trunk());
    return trunk != null && trunk.isOpen();
  }

  void remove(Monitor monitor, Context context) {
    core.lifelines.untie(context, monitor);
    control.execute(() -> byExchange.computeIfPresent(monitor.exchange(), (name, monitors) -> {
      monitors.remove(monitor);
      return monitors.isEmpty() ? null : monitors;
    }));
  }
}

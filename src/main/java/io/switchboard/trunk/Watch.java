package io.switchboard.trunk;

import io.switchboard.lane.Lanes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds peers and watches over them. Every node broadcasts a greeting when it starts and now
 * and then later; whoever hears one greets back. A trunk opens when the peer has shown that it
 * knows this node, closes when the peer cannot be reached or says nothing for the configured
 * silence, and opens again when it speaks. On the control lane.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  /** Greetings are broadcast at every so many heartbeats: it heals what a partition parted. */
  private static final int GREET_EVERY = 10;
  private static final String HEARTBEAT = "heartbeat";
  private static final String NAME_TAKEN = "name-taken";
  private static final int GONE_AFTER_SILENCES = 5;

  private final Trunks trunks;
  private final Lanes lanes;
  private final TrunkOptions options;
  private final Control control;
  private long timerId;
  private long lastBeatNanos;
  private int beats;
  private boolean stopped;

  Watch(Trunks trunks, Lanes lanes, TrunkOptions options, Control control) {
    this.trunks = trunks;
    this.lanes = lanes;
    this.options = options;
    this.control = control;
  }

  Future<Void> start() {
    lastBeatNanos = System.nanoTime();
    return control.open(this::onMessage).onSuccess(open -> {
      control.broadcast(greeting());
      timerId = lanes.control().context().owner()
        .setPeriodic(options.heartbeat().toMillis(), id -> beat());
    });
  }

  Future<Void> stop() {
    stopped = true;
    lanes.control().context().owner().cancelTimer(timerId);
    var farewells = trunks.open().stream()
      .map(trunk -> control.send(trunk.peer().incarnation(), message("goodbye", trunk)))
      .toList();
    return Future.join(farewells).eventually(control::close).otherwiseEmpty().mapEmpty();
  }

  void greetAgain() {
    trunks.all().forEach(this::greet);
  }

  void send(Trunk trunk, String type, JsonObject content) {
    post(trunk, message(type, trunk).put("content", content));
  }

  private void greet(Trunk trunk) {
    post(trunk, message("hello", trunk).put("peer", trunks.self().toJson()));
  }

  private JsonObject greeting() {
    return new JsonObject().put("type", "hello").put("from", trunks.self().incarnation())
      .put("peer", trunks.self().toJson());
  }

  private JsonObject heartbeat() {
    var heartbeat = new JsonObject();
    trunks.listeners().forEach(listener -> listener.onHeartbeat(heartbeat));
    return heartbeat;
  }

  private JsonObject message(String type, Trunk trunk) {
    return new JsonObject().put("type", type).put("from", trunks.self().incarnation())
      .put("to", trunk.peer().incarnation()).put("trunk", trunk.number());
  }

  private void post(Trunk trunk, JsonObject message) {
    control.send(trunk.peer().incarnation(), message)
      .onFailure(cause -> unreachable(trunk, cause));
  }

  private void beat() {
    long now = System.nanoTime();
    boolean slept = now - lastBeatNanos > options.silence().toNanos() / 2;
    lastBeatNanos = now;
    if (beats++ % GREET_EVERY == 0) {
      control.broadcast(greeting());
    }
    for (var trunk : trunks.all()) {
      if (slept) {
        // This process stood still; what its peers said meanwhile has not been read yet.
        trunk.heard(now);
      }
      long silent = trunk.silentNanos(now);
      // One that neither speaks nor can be reached has died; one that only stands still, or is
      // cut off without a word, is given longer.
      int patience = trunk.isUnreachable() ? 1 : GONE_AFTER_SILENCES;
      if (silent > patience * options.silence().toNanos()) {
        gone(trunk, "nothing heard for " + silent / 1_000_000_000 + " s");
        continue;
      }
      if (trunk.isUp() && silent > options.silence().toNanos()) {
        down(trunk, Trunk.State.SILENT, "nothing heard for " + silent / 1_000_000 + " ms");
      }
      send(trunk, HEARTBEAT, heartbeat());
      trunks.settleChannels(trunk);
    }
  }

  private void onMessage(JsonObject message) {
    long from = message.getLong("from", 0L);
    long self = trunks.self().incarnation();
    Long to = message.getLong("to");
    if (stopped || from == 0 || from == self || to != null && to != self) {
      return;
    }
    var type = message.getString("type", "");
    var trunk = trunks.byIncarnation(from);
    if (trunk != null) {
      trunk.heard(System.nanoTime());
      if (trunk.isAnew(message.getInteger("trunk", 0)) && trunk.isUp()) {
        // What was sent in the meantime went to nobody.
        down(trunk, Trunk.State.SILENT, "it had given this node up");
      }
    }
    if (type.equals(NAME_TAKEN)) {
      trunks.listeners().forEach(TrunkListener::onNameTaken);
      return;
    }
    if (type.equals("hello")) {
      var peer = Peer.fromJson(message.getJsonObject("peer"));
      if (peer.name().equals(trunks.self().name())) {
        contend(peer);
        return;
      }
      trunk = greeted(trunk, peer, to != null);
      if (message.getBoolean("asks", false)) {
        greet(trunk);
        return;
      }
    } else if (trunk == null) {
      // It knows us, we do not know it: ask it to greet.
      control.send(from, greeting().put("to", from).put("asks", true));
      return;
    }
    if (type.equals("goodbye")) {
      gone(trunk, "it said goodbye");
      return;
    }
    if (to != null && !trunk.isUp()) {
      up(trunk);
    }
    if (!type.equals("hello")) {
      var content = message.getJsonObject("content", new JsonObject());
      for (var listener : trunks.listeners()) {
        listener.onControl(trunk, type, content);
      }
    }
  }

  /** Two nodes of one name: the one that was there first stays. */
  private void contend(Peer other) {
    var self = trunks.self();
    boolean first = self.startedAt() < other.startedAt()
      || self.startedAt() == other.startedAt() && self.incarnation() < other.incarnation();
    if (first) {
      control.send(other.incarnation(), new JsonObject().put("type", NAME_TAKEN)
        .put("from", self.incarnation()).put("to", other.incarnation()));
    }
  }

  private Trunk greeted(Trunk known, Peer peer, boolean knowsUs) {
    if (known == null) {
      for (var other : trunks.all()) {
        if (other.peer().name().equals(peer.name())) {
          gone(other, "it was replaced by a new start of the same name");
        }
      }
      known = trunks.add(peer);
      greet(known);
    } else {
      boolean changed = !known.peer().equals(peer);
      known.peer(peer);
      if (!knowsUs && !known.isUp()) {
        greet(known);
      }
      if (changed && known.isUp()) {
        for (var listener : trunks.listeners()) {
          listener.onPeerChanged(known);
        }
      }
    }
    return known;
  }

  private void up(Trunk trunk) {
    LOG.info("Node {} is in reach", trunk.peer().name());
    trunk.state(Trunk.State.OPEN, "");
    // The answer tells the peer that it is known here, which opens its side.
    send(trunk, HEARTBEAT, heartbeat());
    trunks.listeners().forEach(listener -> listener.onUp(trunk));
  }

  void unreachable(Trunk trunk, Throwable cause) {
    trunk.unreachable(true);
    if (trunk.isUp()) {
      down(trunk, Trunk.State.SILENT, reason(cause));
    }
  }

  static String reason(Throwable cause) {
    return "it cannot be reached: "
      + (cause.getMessage() == null ? "the connection closed" : cause.getMessage());
  }

  private void gone(Trunk trunk, String reason) {
    trunks.remove(trunk);
    control.forget(trunk.peer().incarnation());
    down(trunk, Trunk.State.GONE, reason);
  }

  private void down(Trunk trunk, Trunk.State state, String reason) {
    boolean wasOpen = trunk.isUp();
    trunk.state(state, reason);
    if (wasOpen || state == Trunk.State.GONE) {
      LOG.info("Node {} is {}: {}", trunk.peer().name(),
        state == Trunk.State.GONE ? "gone" : "out of reach", reason);
      trunks.resetChannels(trunk);
      trunks.listeners().forEach(listener -> listener.onDown(trunk, reason));
    }
  }
}

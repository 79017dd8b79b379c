package io.switchboard.trunk;

import io.switchboard.lane.Lanes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
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
      .put("to", trunk.peer().incarnation())
      .put("session", trunk.session()).put("heard", trunk.peerSession());
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
      trunks.settleChannels(trunk, slept);
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
      hearSession(trunk, message);
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
      trunk = greeted(trunk, peer);
      if (trunk == null) {
        return;
      }
      hearSession(trunk, message);
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
    if (!trunk.isUp()) {
      if (message.getInteger("heard", 0) == trunk.session()) {
        up(trunk);
      } else {
        greet(trunk);
      }
    }
    // What was said before the peer had heard of this session belongs to the one before.
    if (trunk.isUp() && !type.equals("hello")) {
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
      tellNameTaken(other);
    }
  }

  private void tellNameTaken(Peer peer) {
    control.send(peer.incarnation(), new JsonObject().put("type", NAME_TAKEN)
      .put("from", trunks.self().incarnation()).put("to", peer.incarnation()));
  }

  /** Null when its name belongs to another by now. */
  private Trunk greeted(Trunk known, Peer peer) {
    if (known == null) {
      return replaced(peer) ? null : trunks.add(peer);
    }
    boolean changed = !known.peer().equals(peer);
    known.peer(peer);
    if (changed && known.isUp()) {
      for (var listener : trunks.listeners()) {
        listener.onPeerChanged(known);
      }
    }
    return known;
  }

  /** The later start of a name replaces the earlier one, which may have stood still meanwhile. */
  private boolean replaced(Peer peer) {
    for (var other : trunks.all()) {
      if (other.peer().name().equals(peer.name())) {
        if (other.isUp() && other.peer().startedAt() > peer.startedAt()) {
          tellNameTaken(peer);
          return true;
        }
        gone(other, "it was replaced by a new start of the same name");
      }
    }
    return false;
  }

  /** Nobody can know what was under way when the other side has dropped what it had. */
  private void hearSession(Trunk trunk, JsonObject message) {
    hearLaterSession(trunk, message);
    trunk.spoke();
  }

  private void hearLaterSession(Trunk trunk, JsonObject message) {
    if (trunk.hearSession(message.getInteger("session", 0)) && trunk.isUp()) {
      var reason = "it had lost sight of this node";
      down(trunk, Trunk.State.SILENT, reason, listener -> listener.onForgotten(trunk, reason));
    }
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
    down(trunk, state, reason, listener -> listener.onDown(trunk, reason));
  }

  private void down(
    Trunk trunk, Trunk.State state, String reason, Consumer<TrunkListener> news) {
    boolean wasOpen = trunk.isUp();
    trunk.state(state, reason);
    if (wasOpen || state == Trunk.State.GONE) {
      LOG.info("Node {} is {}: {}", trunk.peer().name(),
        state == Trunk.State.GONE ? "gone" : "out of reach", reason);
      trunk.beginSession();
      trunks.resetChannels(trunk);
      trunks.listeners().forEach(news);
    }
  }
}

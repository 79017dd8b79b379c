package io.switchboard.node;

import io.switchboard.trunk.Peer;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes of the cluster as this one sees them, and those it has lost lately. */
public final class Members implements TrunkListener {
  private static final Duration REMEMBER = Duration.ofHours(1);
  private static final int MAX_LOST = 1_000;
  private static final String STATE = "state";
  private static final String ADDRESS = "address";
  /** The state of a node that is about to leave. */
  static final String DRAINING = "draining";

  private final Trunks trunks;
  private final Deque<Lost> lost = new ConcurrentLinkedDeque<>();

  private record Lost(Peer peer, String reason, Instant at) {
  }

  Members(Messaging messaging) {
    trunks = messaging.trunks();
    trunks.addListener(this);
  }

  static JsonObject attributes(String address, String http, String state) {
    return new JsonObject().put(ADDRESS, address).put("http", http).put(STATE, state)
      .put("version", Version.text());
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    if (trunk.state() == Trunk.State.GONE) {
      lost.addFirst(new Lost(trunk.peer(), reason, Instant.now()));
      if (lost.size() > MAX_LOST) {
        lost.removeLast();
      }
    }
  }

  /** True for this node, and for others that can be reached now. */
  boolean isInReach(String name) {
    return trunks.self().name().equals(name)
      || trunks.open().stream().anyMatch(trunk -> trunk.peer().name().equals(name));
  }

  /** The addresses of those that are about to leave, or have left lately. */
  Set<String> leaving() {
    var staying = trunks.open().stream().map(Trunk::peer)
      .filter(peer -> !DRAINING.equals(peer.attributes().getString(STATE)))
      .map(Members::address).collect(Collectors.toSet());
    return Stream.concat(trunks.all().stream().map(Trunk::peer), lost.stream().map(Lost::peer))
      .map(Members::address).filter(address -> !staying.contains(address))
      .collect(Collectors.toSet());
  }

  private static String address(Peer peer) {
    return peer.attributes().getString(ADDRESS);
  }

  /** Objects with name, id, state, address, http, version, startedAt and uptimeMs. */
  public JsonArray list(boolean lostToo) {
    var nodes = new ArrayList<JsonObject>();
    nodes.add(describe(trunks.self(), trunks.self().attributes().getString(STATE))
      .put("self", true));
    for (var trunk : trunks.all()) {
      nodes.add(describe(trunk.peer(), state(trunk)).put("self", false));
    }
    if (lostToo) {
      addLost(nodes);
    }
    nodes.sort(Comparator.comparing(node -> node.getString("name")));
    return new JsonArray(nodes);
  }

  private void addLost(ArrayList<JsonObject> nodes) {
    var names = nodes.stream().map(node -> node.getString("name"))
      .collect(Collectors.toSet());
    var since = Instant.now().minus(REMEMBER);
    for (var each : lost) {
      if (each.at.isAfter(since) && names.add(each.peer.name())) {
        nodes.add(describe(each.peer, "gone").put("self", false)
          .put("reason", each.reason).put("lostAt", each.at.toString()));
      }
    }
  }

  private static String state(Trunk trunk) {
    return trunk.isOpen() ? trunk.peer().attributes().getString(STATE)
      : trunk.state() == Trunk.State.GREETED ? "starting"
      : trunk.state().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject describe(Peer peer, String state) {
    var attributes = peer.attributes();
    return new JsonObject().put("name", peer.name()).put("id", peer.id()).put(STATE, state)
      .put(ADDRESS, address(peer)).put("http", attributes.getString("http"))
      .put("version", attributes.getString("version"))
      .put("startedAt", Instant.ofEpochMilli(peer.startedAt()).toString())
      .put("uptimeMs", Math.max(0, System.currentTimeMillis() - peer.startedAt()));
  }
}

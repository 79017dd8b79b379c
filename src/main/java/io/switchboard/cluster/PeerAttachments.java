package io.switchboard.cluster;

import io.switchboard.routing.Node;
import io.switchboard.trunk.Trunk;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one peer has announced. Pure, not thread-safe. */
final class PeerAttachments {
  private final Node node;
  private final Map<String, Announcement> byExchange = new HashMap<>();
  private Map<String, Announcement> incoming;
  private long digest;
  private boolean reachable;
  private boolean complete;
  private long lastAnnounced;
  private long lastDeclared;
  private boolean asked;

  PeerAttachments(Node node) {
    this.node = node;
  }

  static PeerAttachments of(Trunk trunk) {
    return new PeerAttachments(
      new Node(trunk.peer().name(), trunk.peer().incarnation(), trunk.number()));
  }

  Node node() {
    return node;
  }

  /** Null for nothing. */
  Announcement get(String exchange) {
    return byExchange.get(exchange);
  }

  Set<String> exchanges() {
    return byExchange.keySet();
  }

  boolean isReachable() {
    return reachable;
  }

  void reachable(boolean reachable) {
    this.reachable = reachable;
  }

  /** True once everything that the peer has was received. */
  boolean isComplete() {
    return complete;
  }

  void apply(Announcement announcement) {
    var before = byExchange.get(announcement.exchange());
    if (before != null && before.number() >= announcement.number()) {
      return;
    }
    digest ^= announcement.digest() ^ (before == null ? 0 : before.digest());
    if (announcement.isEmpty()) {
      byExchange.remove(announcement.exchange());
    } else {
      byExchange.put(announcement.exchange(), announcement);
    }
  }

  /** Takes a part of everything the peer has; the last one replaces what was known. */
  Set<String> replace(Collection<Announcement> part, boolean first, boolean last) {
    if (first || incoming == null) {
      incoming = new HashMap<>();
    }
    part.forEach(announcement -> incoming.put(announcement.exchange(), announcement));
    if (!last) {
      return Set.of();
    }
    var changed = new HashSet<>(byExchange.keySet());
    changed.addAll(incoming.keySet());
    byExchange.clear();
    byExchange.putAll(incoming);
    digest = 0;
    byExchange.values().forEach(announcement -> digest ^= announcement.digest());
    incoming = null;
    complete = true;
    return changed;
  }

  /**
   * Compares with the digests that came on a heartbeat. A single difference may be a change
   * under way; when two heartbeats in a row say the same and it is still not what is held
   * here, something was lost. The answer gets the time to the next heartbeat.
   */
  boolean needsRepair(long announced, long declared, long declaredHere) {
    boolean differs = announced != digest || declared != declaredHere;
    boolean settled = announced == lastAnnounced && declared == lastDeclared;
    lastAnnounced = announced;
    lastDeclared = declared;
    asked = differs && settled && !asked;
    return asked;
  }
}

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
  private boolean differed;

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
   * Compares with the digest that came on a heartbeat. A single difference may be an
   * announcement under way; the second in a row means that something was lost.
   */
  boolean needsRepair(long announcedDigest, boolean declarationsDiffer) {
    boolean differs = declarationsDiffer || announcedDigest != digest;
    boolean repair = differs && differed;
    differed = differs && !repair;
    return repair;
  }
}

package io.switchboard.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What this node has attached, and the announcements that say so. Pure, not thread-safe. */
final class LocalAttachments {
  /** More distinct patterns than this are announced as one {@code #}. */
  static final int MAX_PATTERNS = 1_024;

  private final Map<String, Attached> byExchange = new HashMap<>();
  private long lastNumber;
  private long digest;

  private static final class Attached {
    private final Map<Long, Announcement.Place> workers = new LinkedHashMap<>();
    private final Map<Long, List<String>> subscribers = new LinkedHashMap<>();
    private Announcement announced;
  }

  void addWorker(String exchange, Announcement.Place place) {
    attached(exchange).workers.put(place.worker(), place);
  }

  /** False when it was not there. */
  boolean removeWorker(String exchange, long worker) {
    var attached = byExchange.get(exchange);
    return attached != null && attached.workers.remove(worker) != null;
  }

  void addSubscriber(String exchange, long subscriber, List<String> patterns) {
    attached(exchange).subscribers.put(subscriber, patterns);
  }

  /** False when it was not there. */
  boolean removeSubscriber(String exchange, long subscriber) {
    var attached = byExchange.get(exchange);
    return attached != null && attached.subscribers.remove(subscriber) != null;
  }

  private Attached attached(String exchange) {
    return byExchange.computeIfAbsent(exchange, absent -> new Attached());
  }

  /** Makes the announcement of what is attached to the exchange now. */
  Announcement announce(String exchange) {
    var attached = attached(exchange);
    var workers = List.copyOf(attached.workers.values());
    var distinct = new TreeSet<String>();
    attached.subscribers.values().forEach(distinct::addAll);
    var patterns = List.copyOf(distinct);
    var announcement = new Announcement(exchange, ++lastNumber, workers,
      patterns.size() > MAX_PATTERNS ? List.of("#") : patterns, attached.subscribers.size());
    digest ^= announcement.digest()
      ^ (attached.announced == null ? 0 : attached.announced.digest());
    attached.announced = announcement;
    if (announcement.isEmpty()) {
      byExchange.remove(exchange);
    }
    return announcement;
  }

  /** What was announced last for the exchange; null for nothing. */
  Announcement announced(String exchange) {
    var attached = byExchange.get(exchange);
    return attached == null ? null : attached.announced;
  }

  /** Everything that stands announced. */
  Collection<Announcement> all() {
    return byExchange.values().stream().map(attached -> attached.announced)
      .filter(announcement -> announcement != null).toList();
  }

  /** Says which announcements stand; peers compare it with what they hold. */
  long digest() {
    return digest;
  }
}

package io.switchboard.cluster;

import io.switchboard.routing.Interest;
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

  /** The most groups at one exchange; one counts again for members that ask for other things. */
  static final int MAX_GROUPS = 1_024;

  private final Map<String, Attached> byExchange = new HashMap<>();
  private long lastNumber;
  private long digest;

  private static final class Attached {
    private final Map<Long, Announcement.Place> workers = new LinkedHashMap<>();
    private final Map<Long, Interest> subscribers = new LinkedHashMap<>();
    private final Map<Interest, Integer> groups = new LinkedHashMap<>();
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

  /** False when the subscriber would be in one group too many. */
  boolean hasRoomFor(String exchange, Interest interest) {
    var attached = byExchange.get(exchange);
    return interest.group() == null || attached == null
      || attached.groups.size() < MAX_GROUPS || attached.groups.containsKey(interest);
  }

  void addSubscriber(String exchange, long subscriber, Interest interest) {
    var attached = attached(exchange);
    attached.subscribers.put(subscriber, interest);
    if (interest.group() != null) {
      attached.groups.merge(interest, 1, Integer::sum);
    }
  }

  /** False when it was not there. */
  boolean removeSubscriber(String exchange, long subscriber) {
    var attached = byExchange.get(exchange);
    var interest = attached == null ? null : attached.subscribers.remove(subscriber);
    if (interest != null && interest.group() != null) {
      attached.groups.computeIfPresent(
        interest, (same, count) -> count == 1 ? null : count - 1);
    }
    return interest != null;
  }

  private Attached attached(String exchange) {
    return byExchange.computeIfAbsent(exchange, absent -> new Attached());
  }

  /** Makes the announcement of what is attached to the exchange now. */
  Announcement announce(String exchange) {
    var attached = attached(exchange);
    var workers = List.copyOf(attached.workers.values());
    var distinct = new TreeSet<String>();
    attached.subscribers.values().stream().filter(interest -> interest.group() == null)
      .forEach(interest -> distinct.addAll(interest.patterns()));
    var groups = attached.groups.entrySet().stream()
      .map(entry -> new Announcement.Members(entry.getKey(), entry.getValue())).toList();
    var patterns = List.copyOf(distinct);
    var announcement = new Announcement(exchange, ++lastNumber, workers,
      patterns.size() > MAX_PATTERNS ? List.of("#") : patterns, groups,
      attached.subscribers.size());
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

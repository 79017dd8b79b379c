package io.switchboard.topic;

import io.switchboard.exchange.Figures;
import io.switchboard.lane.Lane;
import io.switchboard.routing.HeaderFilter;
import io.switchboard.routing.Interest;
import io.switchboard.routing.TopicTrie;
import io.vertx.core.Context;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The subscribers of one topic on this node, in rows. Lanes hand them events without a lock;
 * they come and go under this object's.
 */
final class LocalSubscribers {
  private final String topic;
  private final Figures figures;
  private final Map<Like, Row> open = new HashMap<>();
  private final Set<Row> rows = new LinkedHashSet<>();
  private final Map<Context, Outlet> outlets = new HashMap<>();
  private final MatchCache<Row, Audience>[] audiences;
  private final int[] turns;
  /** Null after a change, until the next event needs it. */
  private volatile TopicTrie<Row> bound = new TopicTrie<>();

  /** What subscribers that share a row have in common. */
  private record Like(Context context, List<String> patterns, HeaderFilter where, int mailbox) {
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  LocalSubscribers(String topic, Figures figures, int lanes) {
    this.topic = topic;
    this.figures = figures;
    audiences = new MatchCache[lanes];
    for (int i = 0; i < lanes; i++) {
      audiences[i] = new MatchCache<>(Audience::of);
    }
    turns = new int[lanes];
  }

  /**
   * Gets events from now on.
   *
   * @param start the values that it gets first; null when it does not ask for them
   */
  synchronized Subscriber add(long id, Interest interest, int mailbox, Context context,
    Consumer<Event> handler, List<RetainedValues.Value> start) {
    // Handlers that may wait must not wait for each other, and a group chooses among rows.
    boolean mayShare =
      interest.group() == null && start == null && context.isEventLoopContext();
    var like = new Like(context, interest.patterns(), interest.where(), mailbox);
    var row = mayShare ? open.get(like) : null;
    if (row == null || !row.isIdle()) {
      var outlet = outlets.computeIfAbsent(context, Outlet::new);
      row = new Row(topic, figures, outlet, interest, mailbox,
        start == null ? null : new StartingValues(interest, start));
      rows.add(row);
      bound = null;
      if (mayShare) {
        open.put(like, row);
      }
    }
    var subscriber = new Subscriber(id, row, handler);
    row.add(subscriber);
    if (start != null) {
      row.begin();
    }
    return subscriber;
  }

  /** The handler is called no more, except where it is being called now. */
  synchronized void remove(Subscriber subscriber) {
    subscriber.detach();
    var row = subscriber.row();
    if (row.remove(subscriber) && rows.remove(row)) {
      open.values().remove(row);
      bound = null;
      if (rows.stream().noneMatch(other -> other.context() == row.context())) {
        outlets.remove(row.context());
      }
    }
  }

  /** Hands an event to everybody in no group whose patterns match. On the lane. */
  void deliver(Lane lane, Event event) {
    var matching = audiences[lane.index()].match(bound(), event.key()).everybody();
    if (matching.size() == 1) {
      matching.get(0).offer(event);
      return;
    }
    for (int i = 0; i < matching.size(); i++) {
      matching.get(i).offer(event.forOneOfMany());
    }
  }

  /**
   * Hands an event of a retaining topic to everybody in no group whose patterns match.
   *
   * @param newest whether it is its key's newest; else those who follow values do not get it
   */
  void deliver(Lane lane, Event event, boolean newest) {
    for (var row : audiences[lane.index()].match(bound(), event.key()).everybody()) {
      if (newest || !row.followsCurrent()) {
        row.offer(event.forOneOfMany());
      }
    }
  }

  /** Hands a value to those who follow values. On the lane. */
  void deliverCurrent(Lane lane, Event event) {
    for (var row : audiences[lane.index()].match(bound(), event.key()).everybody()) {
      if (row.followsCurrent()) {
        row.offer(event.forOneOfMany());
      }
    }
  }

  /** Hands an event to one member of the group here. On the lane. */
  Audience.Taken deliverToGroup(Lane lane, String group, Event event, boolean last) {
    return audiences[lane.index()].match(bound(), event.key())
      .toGroup(group, event, turns[lane.index()]++, last);
  }

  private TopicTrie<Row> bound() {
    var trie = bound;
    return trie != null ? trie : bind();
  }

  private synchronized TopicTrie<Row> bind() {
    if (bound == null) {
      var trie = new TopicTrie<Row>();
      rows.forEach(row ->
        row.interest().patterns().forEach(pattern -> trie.bind(pattern, row)));
      bound = trie;
    }
    return bound;
  }

  synchronized boolean isEmpty() {
    return rows.isEmpty();
  }
}

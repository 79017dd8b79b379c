package io.switchboard.topic;

import io.switchboard.exchange.Figures;
import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.SwitchboardException;
import io.switchboard.message.TopicFrames;
import io.switchboard.routing.Directory;
import io.switchboard.routing.GroupChoice;
import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.switchboard.routing.Share;
import io.switchboard.trunk.Channel;
import io.switchboard.trunk.Trunks;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the events of one topic to the nodes that want them: one copy to each node with
 * subscribers in no group, and one to a node for each group. All on the lane.
 */
final class EventRoutes {
  private static final long[] NONE = {};

  private final String name;
  private final Trunks trunks;
  private final Directory directory;
  private final Figures figures;
  private final LocalSubscribers local;
  private final MatchCache<Share, Destinations>[] destinations;
  private final long[] positions;

  @SuppressWarnings({"unchecked", "rawtypes"})
  EventRoutes(String name, Topics topics, Figures figures, LocalSubscribers local) {
    this.name = name;
    this.trunks = topics.trunks();
    this.directory = topics.directory();
    this.figures = figures;
    this.local = local;
    int lanes = topics.lanes().count();
    destinations = new MatchCache[lanes];
    positions = new long[lanes];
    for (int i = 0; i < lanes; i++) {
      destinations[i] = new MatchCache<>(Destinations::of);
      positions[i] = GroupChoice.start(i);
    }
  }

  /** True for a key that this lane has routed a moment ago: it is well-formed. */
  boolean knows(Lane lane, String key) {
    return destinations[lane.index()].knows(key);
  }

  /** Throws OVERLOADED when a node or group did not get it for want of room on a trunk. */
  void publish(Lane lane, Route route, Event event, Retention retention) {
    var wanted = destinations[lane.index()].match(route.interests(), event.key());
    var prepared = Body.prepare(event.body());
    figures.published();
    if (wanted.isEmpty()) {
      figures.unrouted();
    }
    var full = retention == null ? toNodes(lane, wanted.nodes(), event, prepared)
      : toAll(lane, retention, event.kept(), prepared);
    for (int i = 0; i < wanted.groups().size(); i++) {
      var group = wanted.groups().get(i);
      if (!toGroup(lane, group, event, prepared, NONE)) {
        full = "group " + group.name();
      }
    }
    if (full != null) {
      figures.overloaded(1);
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "topic '" + name + "': too much waits for " + full);
    }
  }

  /** Null, or who did not get it. */
  private String toNodes(Lane lane, List<Node> nodes, Event event, Object prepared) {
    String full = null;
    for (int i = 0; i < nodes.size(); i++) {
      var node = nodes.get(i);
      if (node.isLocal()) {
        local.deliver(lane, event.kept());
      } else if (!cross(lane, node, event, prepared)) {
        full = "node " + node.name();
      }
    }
    return full;
  }

  /** Every node keeps the values of a retaining topic. */
  private String toAll(Lane lane, Retention retention, Event event, Object prepared) {
    int bytes = Frames.sizeBound(name, event.key(), event.headers(), prepared);
    var value = retention.publish(lane, event, self(), bytes, System.currentTimeMillis());
    String full = null;
    for (var trunk : trunks.open()) {
      var channel = trunk.channel(lane, trunk.pairedLane(lane));
      var out = channel.begin(bytes);
      if (out == null) {
        full = "node " + trunk.peer().name();
      } else {
        TopicFrames.appendKept(out, TopicFrames.KEPT_EVENT, name, event.key(), value.stamp(),
          value.origin(), event.headers(), prepared);
        channel.end();
      }
    }
    return full;
  }

  /** False when the trunk has no room. A node out of reach has no subscribers now. */
  private boolean cross(Lane lane, Node node, Event event, Object prepared) {
    var channel = channelTo(lane, node);
    if (channel == null) {
      return true;
    }
    var out = channel.begin(
      Frames.sizeBound(name, event.key(), event.headers(), prepared));
    if (out == null) {
      return false;
    }
    Frames.appendEvent(out, name, event.key(), event.headers(), prepared);
    channel.end();
    return true;
  }

  /** An event from another node for a group that should have a member here. */
  void receive(Lane lane, String groupName, Event event, long[] tried) {
    var route = directory.routes().route(name);
    var group = route == null ? null
      : destinations[lane.index()].match(route.interests(), event.key()).group(groupName);
    if (tried.length == TopicFrames.MAX_TRIED || group == null) {
      local.deliverToGroup(lane, groupName, event, true);
      return;
    }
    if (local.deliverToGroup(lane, groupName, event, false) != Audience.Taken.TAKEN
      && !toGroup(lane, group, event, Body.prepare(event.body()), with(tried, self()))) {
      local.deliverToGroup(lane, groupName, event, true);
    }
  }

  private long self() {
    return trunks.self().incarnation();
  }

  private static long[] with(long[] tried, long node) {
    var more = Arrays.copyOf(tried, tried.length + 1);
    more[tried.length] = node;
    return more;
  }

  /**
   * Tries one node after another until one takes it. False when none did although one has
   * members; what is lost because all members here are full is told to one of them.
   */
  private boolean toGroup(
    Lane lane, Destinations.Group group, Event event, Object prepared, long[] triedBefore) {
    var tried = triedBefore;
    boolean fullHere = false;
    while (tried.length < TopicFrames.MAX_TRIED) {
      var without = tried;
      var share = GroupChoice.choose(group.shares(), positions[lane.index()]++,
        each -> !contains(without, each.node().id()) && each.where().matches(event.headers()));
      if (share == null) {
        break;
      }
      if (share.node().isLocal()) {
        var taken = local.deliverToGroup(lane, group.name(), event.kept(), false);
        if (taken == Audience.Taken.TAKEN) {
          return true;
        }
        fullHere |= taken == Audience.Taken.FULL;
      } else if (cross(lane, share.node(), group.name(), event, prepared, tried)) {
        return true;
      }
      tried = with(tried, share.node().id());
    }
    if (fullHere) {
      local.deliverToGroup(lane, group.name(), event.kept(), true);
      return true;
    }
    return tried.length == triedBefore.length && triedBefore.length == 0;
  }

  private static boolean contains(long[] nodes, long node) {
    for (long each : nodes) {
      if (each == node) {
        return true;
      }
    }
    return false;
  }

  private boolean cross(Lane lane, Node node, String group, Event event, Object prepared,
    long[] tried) {
    var channel = channelTo(lane, node);
    var out = channel == null ? null : channel.begin(
      TopicFrames.sizeBound(name, group, event.key(), event.headers(), prepared));
    if (out == null) {
      return false;
    }
    TopicFrames.appendGroupEvent(
      out, name, group, event.key(), tried, event.headers(), prepared);
    channel.end();
    return true;
  }

  /** Null for a node out of reach. */
  private Channel channelTo(Lane lane, Node node) {
    var trunk = trunks.get(node.trunk());
    return trunk == null || !trunk.isOpen() ? null
      : trunk.channel(lane, trunk.pairedLane(lane));
  }
}

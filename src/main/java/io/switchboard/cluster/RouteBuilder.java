package io.switchboard.cluster;

import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.switchboard.routing.Share;
import io.switchboard.routing.TopicTrie;
import io.switchboard.routing.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the route of one exchange out of what is announced for it. Pure. */
final class RouteBuilder {
  private static final Worker[] NOBODY = {};

  private final Node self;
  private final int lanes;

  RouteBuilder(Node self, int lanes) {
    this.self = self;
    this.lanes = lanes;
  }

  /**
   * Builds the route; workers that the previous one had are taken over with their counts.
   * Workers are in the order of their nodes' names, so that all nodes agree on it.
   *
   * @param previous may be null
   * @param own      what this node announces; may be null
   */
  Route build(Declared declared, Route previous, Announcement own,
    Collection<PeerAttachments> peers) {
    var declaration = declared.declaration();
    var known = new HashMap<Key, Worker>();
    if (previous != null) {
      for (var worker : previous.workers()) {
        known.put(new Key(worker.node().id(), worker.id()), worker);
      }
    }
    var announced = new ArrayList<Map.Entry<Node, Announcement>>();
    if (own != null) {
      announced.add(Map.entry(self, own));
    }
    for (var peer : peers) {
      var announcement = peer.isReachable() ? peer.get(declaration.name()) : null;
      if (announcement != null) {
        announced.add(Map.entry(peer.node(), announcement));
      }
    }
    announced.sort(Comparator.comparing(entry -> entry.getKey().name()));
    var workers = new ArrayList<Worker>();
    var interests = new TopicTrie<Share>();
    var subscribers = new ArrayList<Route.Subscribers>();
    for (var entry : announced) {
      var node = entry.getKey();
      var announcement = entry.getValue();
      for (var place : announcement.workers()) {
        var worker = known.get(new Key(node.id(), place.worker()));
        workers.add(worker != null ? worker.with(place.attributes())
          : new Worker(node, place.worker(), place.lane(), place.attributes(), lanes));
      }
      bind(interests, node, announcement);
      if (announcement.subscribers() > 0) {
        subscribers.add(new Route.Subscribers(
          node, announcement.allPatterns(), announcement.subscribers()));
      }
    }
    var all = workers.toArray(NOBODY);
    var local = Arrays.stream(all).filter(worker -> worker.node().isLocal())
      .toArray(Worker[]::new);
    return new Route(
      declaration, declared.life(), all, local, interests, List.copyOf(subscribers));
  }

  private static void bind(TopicTrie<Share> interests, Node node, Announcement announcement) {
    var everybody = Share.of(node);
    announcement.patterns().forEach(pattern -> interests.bind(pattern, everybody));
    for (var members : announcement.groups()) {
      var interest = members.interest();
      var share = new Share(
        node, interest.group(), interest.patterns(), interest.where(), members.count());
      interest.patterns().forEach(pattern -> interests.bind(pattern, share));
    }
  }

  private record Key(long node, long worker) {
  }
}

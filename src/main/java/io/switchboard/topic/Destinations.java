package io.switchboard.topic;

import io.switchboard.routing.Node;
import io.switchboard.routing.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Where an event with one key goes.
 *
 * @param nodes  each gets a copy for its subscribers in no group
 * @param groups each gets the event once, on one of the nodes where it has members
 */
record Destinations(List<Node> nodes, List<Group> groups) {
  /** A group with the shares that match the key. */
  record Group(String name, List<Share> shares) {
  }

  static Destinations of(Collection<Share> matching) {
    var nodes = new ArrayList<Node>();
    var groups = new LinkedHashMap<String, Group>();
    for (var share : matching) {
      if (share.group() == null) {
        nodes.add(share.node());
      } else {
        groups.computeIfAbsent(share.group(), name -> new Group(name, new ArrayList<>()))
          .shares().add(share);
      }
    }
    return new Destinations(nodes, List.copyOf(groups.values()));
  }

  boolean isEmpty() {
    return nodes.isEmpty() && groups.isEmpty();
  }

  /** Null when no member of that group matches the key. */
  Group group(String name) {
    for (var group : groups) {
      if (group.name().equals(name)) {
        return group;
      }
    }
    return null;
  }
}

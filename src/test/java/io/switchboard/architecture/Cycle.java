package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for a cycle in a directed graph, depth first. */
final class Cycle {
  private final Map<String, Set<String>> edges;
  private final Set<String> done = new HashSet<>();
  private final List<String> way = new ArrayList<>();

  private Cycle(Map<String, Set<String>> edges) {
    this.edges = edges;
  }

  /** The nodes of one cycle, the first again at the end; empty when there is none. */
  static List<String> in(Map<String, Set<String>> edges) {
    var search = new Cycle(edges);
    for (var start : edges.keySet()) {
      if (search.closesFrom(start)) {
        return List.copyOf(search.way);
      }
    }
    return List.of();
  }

  private boolean closesFrom(String node) {
    int seen = way.indexOf(node);
    way.add(node);
    if (seen >= 0) {
      way.subList(0, seen).clear();
      return true;
    }
    for (var next : edges.getOrDefault(node, Set.of())) {
      if (!done.contains(next) && closesFrom(next)) {
        return true;
      }
    }
    way.remove(way.size() - 1);
    done.add(node);
    return false;
  }
}

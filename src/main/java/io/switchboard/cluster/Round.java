package io.switchboard.cluster;

import io.switchboard.trunk.Trunk;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A change on its way: it is done when every node that was told has applied every part. */
final class Round {
  private final Map<Trunk, Integer> missing = new HashMap<>();
  private final List<Promise<Void>> waiting = new ArrayList<>();

  Round(List<Promise<Void>> waiting) {
    this.waiting.addAll(waiting);
  }

  void told(Trunk trunk, int parts) {
    missing.put(trunk, parts);
  }

  void applied(Trunk trunk) {
    missing.computeIfPresent(trunk, (t, parts) -> parts > 1 ? parts - 1 : null);
  }

  void gone(Trunk trunk) {
    missing.remove(trunk);
  }

  boolean isDone() {
    return missing.isEmpty();
  }

  List<String> missingNodes() {
    return missing.keySet().stream().map(trunk -> trunk.peer().name()).toList();
  }

  void complete() {
    waiting.forEach(Promise::tryComplete);
  }
}

package io.switchboard.task;

import io.switchboard.routing.Hash;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which node owns the queue of an exchange, as far as this one knows. Any thread. */
final class Owners {
  /** The trunk to the owner; null where it is this node. */
  record Owner(Trunk trunk) {
    boolean isInReach() {
      return trunk == null || trunk.isOpen();
    }
  }

  private final Trunks trunks;
  private final Store store;
  private final Map<String, Owner> known = new ConcurrentHashMap<>();
  /** The latest epoch of each queue that was told of. */
  private final Map<String, Integer> latest = new ConcurrentHashMap<>();

  Owners(Trunks trunks, Store store) {
    this.trunks = trunks;
    this.store = store;
  }

  /** Null when there is none in reach now. */
  Owner of(String exchange) {
    var owner = known.get(exchange);
    if (owner != null && owner.isInReach()) {
      return owner;
    }
    owner = find(exchange);
    if (owner == null) {
      known.remove(exchange);
    } else {
      known.put(exchange, owner);
    }
    return owner;
  }

  private Owner find(String exchange) {
    var address = store.owner(exchange);
    if (address == null) {
      return null;
    }
    if (address.isEmpty()) {
      return new Owner(null);
    }
    for (var trunk : trunks.open()) {
      if (address.equals(trunk.peer().attributes().getString("address"))) {
        return new Owner(trunk);
      }
    }
    return null;
  }

  /** True while enough nodes are in reach for one of them to own queues. */
  boolean haveQuorum() {
    return store.hasQuorum();
  }

  /** A node has said that it is the owner; false when a later one is known already. */
  boolean learned(String exchange, Trunk trunk, int epoch) {
    if (latest.merge(exchange, epoch, Math::max) > epoch) {
      return false;
    }
    known.put(exchange, new Owner(trunk));
    return true;
  }

  /** The node that was taken for the owner says that it is not. */
  void forget(String exchange) {
    known.remove(exchange);
  }

  /** The exchange is gone. */
  void drop(String exchange) {
    known.remove(exchange);
    latest.remove(exchange);
  }

  /** On which of a node's lanes the queue lives. */
  static int lane(String exchange, int lanes) {
    return (int) Math.floorMod(Hash.of(exchange), (long) lanes);
  }
}

package io.switchboard.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The deliveries that a worker has in hand: a list whose links are the deliveries' own, so that
 * one more costs no memory. On the worker's home lane.
 */
final class Held {
  private Delivery first;

  /** To be called once for each. */
  void add(Delivery delivery) {
    delivery.held = true;
    delivery.heldAfter = first;
    if (first != null) {
      first.heldBefore = delivery;
    }
    first = delivery;
  }

  /** Does nothing for one that is not held. */
  void remove(Delivery delivery) {
    if (!delivery.held) {
      return;
    }
    delivery.held = false;
    if (delivery.heldBefore == null) {
      first = delivery.heldAfter;
    } else {
      delivery.heldBefore.heldAfter = delivery.heldAfter;
    }
    if (delivery.heldAfter != null) {
      delivery.heldAfter.heldBefore = delivery.heldBefore;
    }
    delivery.heldBefore = null;
    delivery.heldAfter = null;
  }

  /** All that are held now, the latest first. */
  List<Delivery> all() {
    var all = new ArrayList<Delivery>();
    for (var each = first; each != null; each = each.heldAfter) {
      all.add(each);
    }
    return all;
  }
}

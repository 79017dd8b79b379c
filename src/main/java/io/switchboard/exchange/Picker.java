package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Balancer;
import io.switchboard.routing.Worker;

/** Picks the worker of each message by its exchange's balancer. On one lane's thread. */
final class Picker {
  private final LaneCandidates candidates;

  Picker(int lane) {
    candidates = new LaneCandidates(lane);
  }

  /**
   * Throws NO_WORKER and OVERLOADED.
   *
   * @param excluded   who is not to get it; null for nobody
   * @param keepsPlace it may not be refused by the worker's node, because nobody would hear of it
   *                   or it would lose its place: a burst of it is in the mailbox before any of
   *                   it is in hand
   */
  Worker pick(RequestExchange exchange, Resolution.Known known, String key, Worker excluded,
    boolean keepsPlace) {
    var picked = pickOrNull(known, key, excluded, keepsPlace);
    if (picked != null) {
      return picked;
    }
    var workers = known.route().workers();
    if (workers.length == 0 || workers.length == 1 && workers[0] == excluded) {
      throw nobody(exchange);
    }
    throw overloaded(exchange);
  }

  /** Null when nobody is there or all are full. */
  Worker pickOrNull(
    Resolution.Known known, String key, Worker excluded, boolean keepsPlace) {
    var workers = known.route().workers();
    if (workers.length == 0) {
      return null;
    }
    var options = known.options();
    var balancer = known.chosen().balancer();
    var local = known.route().local();
    if (options.localFirst() && local.length > 0) {
      int index = balancer.choose(among(local, options, excluded, keepsPlace), key);
      if (index != Balancer.NOBODY) {
        return local[index];
      }
    }
    int index = balancer.choose(among(workers, options, excluded, keepsPlace), key);
    return index == Balancer.NOBODY ? null : workers[index];
  }

  private LaneCandidates among(
    Worker[] workers, RequestOptions options, Worker excluded, boolean keepsPlace) {
    return keepsPlace ? candidates.ofAllLanes(workers, options.mailbox(), excluded)
      : candidates.of(workers, options.room(), excluded);
  }

  static SwitchboardException nobody(RequestExchange exchange) {
    return new SwitchboardException(FailureCode.NO_WORKER,
      "exchange '" + exchange.name() + "' has no worker now");
  }

  static SwitchboardException overloaded(RequestExchange exchange) {
    exchange.figures().overloaded.increment();
    return new SwitchboardException(FailureCode.OVERLOADED,
      "every worker of exchange '" + exchange.name() + "' is full");
  }
}

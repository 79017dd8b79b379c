package io.switchboard.collect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a deleted exchange leaves at this node: the entries that wait for a collector, and who may
 * be the active one. Both are for the exchange when it is soon declared again, with other options
 * perhaps; else they go. On the control lane.
 */
final class Remains {
  static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final Collects collects;
  private final long keptMillis;
  private final Map<String, Long> timers = new HashMap<>();

  Remains(Collects collects, long keptMillis) {
    this.collects = collects;
    this.keptMillis = keptMillis;
  }

  /** Routes have changed. */
  void changed(Set<String> names) {
    for (var name : names) {
      var timer = timers.remove(name);
      if (timer != null) {
        collects.vertx().cancelTimer(timer);
      }
      if (!collects.exchanges().lookup().isDeclared(name) && isThere(name)) {
        keep(name);
      }
    }
  }

  private boolean isThere(String name) {
    var exchange = collects.known(name);
    return exchange != null && exchange.holdsEntries() || collects.collecting().hasSeat(name);
  }

  private void keep(String name) {
    timers.put(name, collects.vertx().setTimer(keptMillis, id -> letGo(name)));
  }

  private void letGo(String name) {
    timers.remove(name);
    var exchange = collects.known(name);
    if (exchange != null && exchange.holdsEntries()) {
      exchange.discard();
    }
    if (!collects.collecting().dropSeat(name)) {
      // A collector is attached still.
      keep(name);
    }
  }
}

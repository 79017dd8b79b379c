package io.switchboard.collect;

import io.switchboard.lane.Lane;
import io.switchboard.routing.Kind;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps one active collector for each collect exchange. A node whose collector is, or wants to
 * be, the active one asks every other node for its vote ten times a second, all its exchanges
 * in one message; the answers are its lease. On the control lane, unless a method says
 * otherwise.
 */
final class Collecting implements TrunkListener {
  /** A vote is given for so long. */
  static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  static final String RELEASE = "collect-release";

  private static final String ASK = "collect-ask";
  private static final String VOTE = "collect-vote";
  private static final long TICK_MILLIS = 50;
  private static final long GAP_NANOS = LEASE_NANOS * 4 / 5;
  private static final long GRACE_NANOS = 3 * LEASE_NANOS;
  private static final Duration HAND_OVER_LIMIT = Duration.ofMillis(500);

  private final Collects collects;
  private final Lane control;
  private final Map<String, Seat> seats = new HashMap<>();
  private final Wakefulness wakefulness =
    new Wakefulness(GAP_NANOS, GRACE_NANOS, System.nanoTime());
  private boolean ticking;
  private int ticks;

  Collecting(Collects collects) {
    this.collects = collects;
    this.control = collects.lanes().control();
  }

  /** A collector of this node is about to be announced. Any thread. */
  void attach(Collector collector) {
    control.execute(() -> {
      seat(collector.exchange().name()).add(collector);
      if (!ticking) {
        ticking = true;
        wakefulness.begin(System.nanoTime());
        collects.vertx().setPeriodic(TICK_MILLIS, id -> tick());
      }
    });
  }

  /** Completes when the collector has handed out its last entry, and the others know. */
  Future<Void> leave(Collector collector) {
    Promise<Void> left = Promise.promise();
    control.execute(() -> {
      var seat = seat(collector.exchange().name());
      var reigning = seat.remove(collector);
      if (reigning == null) {
        collects.remove(collector);
        left.complete();
        return;
      }
      reigning.finish("it was detached", HAND_OVER_LIMIT).onComplete(taken ->
        control.execute(() -> {
          seat.handOver(taken.result());
          collects.remove(collector);
          left.complete();
        }));
    });
    return left.future();
  }

  private Seat seat(String exchange) {
    return seats.computeIfAbsent(
      exchange, name -> new Seat(collects.collect(name), collects));
  }

  boolean hasSeat(String exchange) {
    return seats.containsKey(exchange);
  }

  /** The exchange was deleted; false when a collector of this node keeps its seat. */
  boolean dropSeat(String exchange) {
    var seat = seats.get(exchange);
    return seat == null || seat.isVacant() && seats.remove(exchange, seat);
  }

  private void tick() {
    decide(seats.values());
    if (++ticks % 2 == 0) {
      seats.values().forEach(Seat::tellOwnOutbox);
      collects.trunks().open().forEach(trunk -> ask(trunk, seats.values()));
    }
  }

  /** Routes have changed. */
  void changed(Set<String> names) {
    decide(names.stream().map(seats::get).filter(seat -> seat != null).toList());
  }

  private void decide(Collection<Seat> some) {
    if (!ticking) {
      return;
    }
    long now = System.nanoTime();
    if (wakefulness.tick(now)) {
      seats.values().forEach(seat -> seat.slept(wakefulness.graceEnd()));
    }
    var open = collects.trunks().open();
    var reach = wakefulness.reach(
      incarnations(open), incarnations(collects.trunks().all()), now);
    for (var seat : some) {
      while (seat.decide(reach, now)) {
        open.forEach(trunk -> ask(trunk, List.of(seat)));
      }
    }
  }

  private static Set<Long> incarnations(List<Trunk> trunks) {
    return trunks.stream().map(trunk -> trunk.peer().incarnation()).collect(Collectors.toSet());
  }

  private void ask(Trunk trunk, Collection<Seat> some) {
    var asks = new JsonArray();
    for (var seat : some) {
      if (seat.asks()) {
        asks.add(seat.ask(trunk));
      }
    }
    if (!asks.isEmpty()) {
      collects.trunks().tell(trunk, ASK, new JsonObject().put("asked", System.nanoTime())
        .put("asks", asks));
    }
  }

  @Override
  public void onControl(Trunk trunk, String type, JsonObject content) {
    switch (type) {
      case ASK -> vote(trunk, content);
      case VOTE -> voted(trunk, content);
      case RELEASE -> released(trunk, content);
      default -> { }
    }
  }

  private void vote(Trunk trunk, JsonObject asked) {
    long now = System.nanoTime();
    var votes = new JsonArray();
    for (var each : asked.getJsonArray("asks")) {
      var ask = (JsonObject) each;
      // One that is not declared here yet is asked about again.
      if (isCollect(ask.getString("exchange"))) {
        votes.add(seat(ask.getString("exchange")).vote(trunk, ask, now));
      }
    }
    collects.trunks().tell(trunk, VOTE, new JsonObject()
      .put("asked", asked.getLong("asked")).put("votes", votes));
  }

  private boolean isCollect(String exchange) {
    var route = collects.directory().routes().route(exchange);
    return route != null && route.declaration().kind() == Kind.COLLECT;
  }

  private void voted(Trunk trunk, JsonObject content) {
    for (var each : content.getJsonArray("votes")) {
      var vote = (JsonObject) each;
      var seat = seats.get(vote.getString("exchange"));
      if (seat != null) {
        seat.voted(trunk, vote, content.getLong("asked"));
        decide(List.of(seat));
      }
    }
  }

  private void released(Trunk trunk, JsonObject content) {
    if (isCollect(content.getString("exchange"))) {
      var seat = seat(content.getString("exchange"));
      seat.released(trunk, content);
      decide(List.of(seat));
    }
  }

  @Override
  public void onUp(Trunk trunk) {
    ask(trunk, seats.values());
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    if (trunk.state() == Trunk.State.GONE) {
      seats.values().forEach(seat -> seat.gone(trunk));
    }
    decide(seats.values());
  }
}

package io.switchboard.collect;

import io.switchboard.collect.Ballot.Verdict;
import io.switchboard.routing.Worker;
import io.switchboard.trunk.Trunk;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the active collector of one exchange, as this node sees it: its vote, and the
 * claim of a collector of its own. On the control lane.
 */
final class Seat {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

  private final CollectExchange exchange;
  private final Collects collects;
  private final long self;
  private final Ballot ballot = new Ballot(Collecting.LEASE_NANOS);
  private final Map<Long, Collector> own = new LinkedHashMap<>();
  private final Map<Long, Long> lostBy = new HashMap<>();
  private Epoch latest = Epoch.NONE;
  private Epoch released = Epoch.NONE;
  private Claim claim;
  private Tenure tenure;
  private Reign reign;
  private boolean leaving;
  private int ownQuorum;
  private boolean tooFew;

  Seat(CollectExchange exchange, Collects collects) {
    this.exchange = exchange;
    this.collects = collects;
    this.self = collects.trunks().self().incarnation();
  }

  void add(Collector collector) {
    own.put(collector.id(), collector);
  }

  /** The collector leaves; returns it when it is the active one, else null. */
  Collector remove(Collector collector) {
    own.remove(collector.id());
    if (claim == null || claim.worker() != collector.id()) {
      return null;
    }
    if (reign == null) {
      withdraw();
      return null;
    }
    leaving = true;
    return collector;
  }

  /** True when a collector of this node asks for votes, or has them. */
  boolean asks() {
    return claim != null;
  }

  /** This node has slept: what it knows of the others is old. */
  void slept(long graceEnd) {
    ballot.extend(graceEnd);
  }

  /**
   * Decides anew; true when the others should hear of it at once.
   *
   * @param reach the nodes whose votes count
   */
  boolean decide(Reach reach, long now) {
    var order = order();
    if (claim == null) {
      return mayStand(order) && stand(order[0]);
    }
    if (reign != null) {
      if (!leaving && !contains(order, claim)) {
        depose("it is no longer attached");
        return false;
      }
      boolean mine = ballot.ask(claim, true, now) == Verdict.GRANTED;
      reign.until(mine ? tenure.until(reach, quorum(reach), now) : now);
      exchange.active(tooFew ? null : claim);
      lost(self, lostBy(claim.epoch()));
      var collector = own.get(claim.worker());
      if (collector != null) {
        collector.wake();
      }
      return false;
    }
    if (!mayStand(order) || !claim.isOf(self, order[0].id())) {
      withdraw();
      return false;
    }
    if (!tenure.mayBegin(reach, quorum(reach), now)) {
      return false;
    }
    lostBy.put(self, lostBy(claim.epoch()));
    return ballot.ask(claim, false, now) == Verdict.GRANTED && begin(reach, now);
  }

  /** All collectors in their order: the first one takes over when there is no active one. */
  private Worker[] order() {
    return CollectorOrder.of(collects.directory().routes().route(exchange.name()));
  }

  private static boolean contains(Worker[] order, Claim holder) {
    for (var worker : order) {
      if (holder.isOf(worker.node().id(), worker.id())) {
        return true;
      }
    }
    return false;
  }

  /** The active one stays, whatever its place in the order, while it can be reached. */
  private boolean mayStand(Worker[] order) {
    if (order.length == 0 || !order[0].node().isLocal() || !own.containsKey(order[0].id())) {
      return false;
    }
    var holder = ballot.holder();
    return holder == null || holder.epoch().node() == self || !ballot.hasBegun()
      || !contains(order, holder);
  }

  private boolean stand(Worker candidate) {
    claim = new Claim(
      ballot.latest().max(latest).next(self), candidate.id(), candidate.lane());
    tenure = new Tenure(Collecting.LEASE_NANOS);
    ownQuorum = exchange.resolve().options().quorum();
    lostBy.clear();
    return true;
  }

  /** How many votes it takes; logs when so many nodes are no longer in reach. */
  private int quorum(Reach reach) {
    int quorum = ownQuorum > 0 ? ownQuorum : collects.quorum();
    int inReach = reach.others().size() + 1;
    if (inReach < quorum && !tooFew) {
      LOG.warn("No collector of {} is active here: {} of the {} nodes it takes are in reach; "
        + "should a lost one not come back, forget it", exchange.name(), inReach, quorum);
    }
    tooFew = inReach < quorum;
    return quorum;
  }

  private boolean begin(Reach reach, long now) {
    long lost = lostBy.values().stream().mapToLong(each -> each).sum();
    reign = new Reign(claim.epoch().number(), tenure.until(reach, quorum(reach), now), lost);
    ballot.ask(claim, true, now);
    LOG.info("Collector {} of {} is the active one, epoch {}; at most {} entries were lost",
      claim.worker(), exchange.name(), claim.epoch().number(), lost);
    own.get(claim.worker()).begin(reign);
    exchange.active(claim);
    exchange.outbox().active(claim, null, 0, 0);
    return true;
  }

  private long lostBy(Epoch epoch) {
    var outbox = exchange.knownOutbox();
    return outbox == null ? 0 : outbox.lostBy(epoch, released);
  }

  /** A claim that has not come true is taken back. */
  private void withdraw() {
    ballot.release(claim.epoch());
    tellReleased(Map.of());
    claim = null;
  }

  private void tellReleased(Map<Integer, Long> taken) {
    for (var trunk : collects.trunks().open()) {
      collects.trunks().tell(trunk, Collecting.RELEASE, new JsonObject()
        .put("exchange", exchange.name()).put("number", claim.epoch().number())
        .put("begun", reign != null).put("taken", taken.getOrDefault(trunk.number(), 0L)));
    }
  }

  private void depose(String reason) {
    LOG.info("Collector {} of {} is no longer the active one: {}", claim.worker(),
      exchange.name(), reason);
    var collector = own.get(claim.worker());
    reign.end();
    if (collector != null) {
      collector.end(reason);
    }
    ballot.release(claim.epoch());
    forget();
  }

  private void forget() {
    claim = null;
    reign = null;
    leaving = false;
  }

  /** The active collector has handed out its last entry: the vote is free everywhere. */
  void handOver(Map<Integer, Long> taken) {
    if (!leaving) {
      return;
    }
    ballot.release(claim.epoch());
    released = claim.epoch();
    exchange.outbox().released(claim.epoch(), taken.getOrDefault(0, 0L));
    exchange.active(null);
    tellReleased(taken);
    forget();
  }

  /** What is asked of one node, and told to it; only while {@link #asks()}. */
  JsonObject ask(Trunk to) {
    var source = reign == null ? null : reign.source(to.number());
    return new JsonObject().put("exchange", exchange.name())
      .put("number", claim.epoch().number()).put("worker", claim.worker())
      .put("lane", claim.lane()).put("begun", reign != null)
      .put("received", source == null ? 0 : source.received())
      .put("done", source == null ? 0 : source.done());
  }

  /** The same for the producers of this node. */
  void tellOwnOutbox() {
    if (reign != null && !leaving) {
      var source = reign.source(0);
      exchange.outbox().active(claim, null, source == null ? 0 : source.received(),
        source == null ? 0 : source.done());
    }
  }

  /** Answers a collector of another node. */
  JsonObject vote(Trunk from, JsonObject ask, long now) {
    var asker = new Claim(new Epoch(ask.getLong("number"), from.peer().incarnation()),
      ask.getLong("worker"), ask.getInteger("lane"));
    boolean begun = ask.getBoolean("begun");
    if (begun && claim != null && asker.epoch().compareTo(claim.epoch()) > 0) {
      if (reign != null) {
        depose("node " + from.peer().name() + " has a later one");
      } else {
        withdraw();
      }
    }
    var verdict = ballot.ask(asker, begun, now);
    if (verdict == Verdict.GRANTED && begun) {
      exchange.active(asker);
      exchange.outbox().active(asker, from, ask.getLong("received"), ask.getLong("done"));
    }
    return new JsonObject().put("exchange", exchange.name()).put("number", ask.getLong("number"))
      .put("verdict", verdict.ordinal()).put("latest", ballot.latest().number())
      .put("lost", lostBy(asker.epoch()));
  }

  /** Another node's answer. @param asked when it was asked */
  void voted(Trunk from, JsonObject vote, long asked) {
    if (claim == null || vote.getLong("number") != claim.epoch().number()) {
      return;
    }
    long node = from.peer().incarnation();
    switch (Verdict.values()[vote.getInteger("verdict")]) {
      case GRANTED -> {
        tenure.granted(node, asked);
        lost(node, vote.getLong("lost"));
      }
      case HELD -> tenure.refused(node);
      case DEPOSED -> {
        latest = latest.max(new Epoch(vote.getLong("latest"), 0));
        if (reign != null) {
          depose("node " + from.peer().name() + " knows of a later one");
        } else {
          withdraw();
        }
      }
    }
  }

  /** A node's count grows when it began the epoch later than this one. */
  private void lost(long node, long lost) {
    long before = lostBy.getOrDefault(node, 0L);
    if (lost > before) {
      lostBy.put(node, lost);
      if (reign != null) {
        reign.lost(lost - before);
      }
    }
  }

  /** A collector of another node has given the vote back. */
  void released(Trunk from, JsonObject content) {
    var epoch = new Epoch(content.getLong("number"), from.peer().incarnation());
    ballot.release(epoch);
    if (content.getBoolean("begun")) {
      released = epoch;
      exchange.outbox().released(epoch, content.getLong("taken"));
      if (exchange.active() != null && exchange.active().epoch().equals(epoch)) {
        exchange.active(null);
      }
    }
  }

  void gone(Trunk trunk) {
    if (reign != null) {
      reign.forget(trunk);
    }
  }
}

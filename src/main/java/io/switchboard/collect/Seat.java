package io.switchboard.collect;

import io.switchboard.collect.Ballot.Verdict;
import io.switchboard.routing.Node;
import io.switchboard.routing.Worker;
import io.switchboard.trunk.Trunk;
import io.vertx.core.json.JsonObject;
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
  private final Ballot ballot;
  private final Map<Long, Collector> own = new LinkedHashMap<>();
  private Epoch latest = Epoch.NONE;
  private Epoch released = Epoch.NONE;
  /** Null while no collector of this node is, or wants to be, the active one. */
  private Candidacy candidacy;
  private boolean tooFew;

  Seat(CollectExchange exchange, Collects collects) {
    this.exchange = exchange;
    this.collects = collects;
    this.self = collects.trunks().self().incarnation();
    // Where the exchange was there before, its entries go to no earlier epoch.
    var outbox = exchange.knownOutbox();
    ballot = new Ballot(
      Collecting.LEASE_NANOS, outbox == null ? Epoch.NONE : outbox.epoch());
  }

  /** No collector of this node is, or wants to be, here. */
  boolean isVacant() {
    return own.isEmpty() && candidacy == null;
  }

  void add(Collector collector) {
    own.put(collector.id(), collector);
  }

  /** The collector leaves; returns it when it is the active one, else null. */
  Collector remove(Collector collector) {
    own.remove(collector.id());
    if (candidacy == null || candidacy.claim().worker() != collector.id()) {
      return null;
    }
    if (!candidacy.reigns()) {
      withdraw();
      return null;
    }
    candidacy.leave();
    return collector;
  }

  /** True when a collector of this node asks for votes, or has them. */
  boolean asks() {
    return candidacy != null;
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
    if (candidacy == null) {
      return mayStand(order) && stand(order[0]);
    }
    var claim = candidacy.claim();
    if (candidacy.reigns()) {
      if (candidacy.isLeaving() || contains(order, claim)) {
        reignOn(claim, reach, now);
      } else {
        depose("it is no longer attached");
      }
      return false;
    }
    if (!mayStand(order) || !claim.isOf(self, order[0].id())) {
      withdraw();
      return false;
    }
    return candidacy.mayBegin(reach, quorum(reach), now)
      && ballot.ask(claim, false, now) == Verdict.GRANTED && begin(claim, reach, now);
  }

  private void reignOn(Claim claim, Reach reach, long now) {
    boolean mine = ballot.ask(claim, true, now) == Verdict.GRANTED;
    candidacy.reignUntil(mine ? candidacy.until(reach, quorum(reach), now) : now);
    exchange.active(tooFew ? null : claim);
    candidacy.lost(self, lostBy(claim.epoch()));
    var collector = own.get(claim.worker());
    if (collector != null) {
      collector.wake();
    }
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
    var claim = new Claim(
      ballot.latest().max(latest).next(self), candidate.id(), candidate.lane());
    candidacy = new Candidacy(claim, exchange.resolve().options().quorum());
    return true;
  }

  /** How many votes it takes; logs when so many nodes are no longer in reach. */
  private int quorum(Reach reach) {
    int quorum = candidacy.quorum() > 0 ? candidacy.quorum() : collects.quorum();
    int inReach = reach.others().size() + 1;
    if (inReach < quorum && !tooFew) {
      LOG.warn("No collector of {} is active here: {} of the {} nodes it takes are in reach; "
        + "should a lost one not come back, forget it", exchange.name(), inReach, quorum);
    }
    tooFew = inReach < quorum;
    return quorum;
  }

  private boolean begin(Claim claim, Reach reach, long now) {
    var reign = candidacy.begin(
      self, lostBy(claim.epoch()), candidacy.until(reach, quorum(reach), now));
    ballot.ask(claim, true, now);
    LOG.info("Collector {} of {} is the active one, epoch {}; at most {} entries were lost",
      claim.worker(), exchange.name(), claim.epoch().number(), reign.lost());
    own.get(claim.worker()).begin(reign);
    exchange.active(claim);
    exchange.outbox().active(claim, null, 0, 0, 0);
    return true;
  }

  private long lostBy(Epoch epoch) {
    var outbox = exchange.knownOutbox();
    return outbox == null ? 0 : outbox.lostBy(epoch, released);
  }

  /** A claim that has not come true is taken back. */
  private void withdraw() {
    ballot.release(candidacy.claim().epoch());
    tellReleased(Map.of());
    candidacy = null;
  }

  private void tellReleased(Map<Integer, Long> taken) {
    for (var trunk : collects.trunks().open()) {
      collects.trunks().tell(trunk, Collecting.RELEASE, new JsonObject()
        .put("exchange", exchange.name()).put("number", candidacy.claim().epoch().number())
        .put("begun", candidacy.reigns())
        .put("taken", taken.getOrDefault(trunk.number(), 0L)));
    }
  }

  private void depose(String reason) {
    var claim = candidacy.claim();
    LOG.info("Collector {} of {} is no longer the active one: {}", claim.worker(),
      exchange.name(), reason);
    var collector = own.get(claim.worker());
    candidacy.end();
    if (collector != null) {
      collector.end(reason);
    }
    ballot.release(claim.epoch());
    candidacy = null;
  }

  /** The active collector has handed out its last entry: the vote is free everywhere. */
  void handOver(Map<Integer, Long> taken) {
    if (candidacy == null || !candidacy.isLeaving()) {
      return;
    }
    released = candidacy.claim().epoch();
    ballot.release(released);
    exchange.outbox().released(released, taken.getOrDefault(0, 0L));
    exchange.active(null);
    tellReleased(taken);
    candidacy = null;
  }

  /** What is asked of one node, and told to it; only while {@link #asks()}. */
  JsonObject ask(Trunk to) {
    return candidacy.ask(exchange.name(), to);
  }

  /** The same for the producers of this node. */
  void tellOwnOutbox() {
    if (candidacy != null && candidacy.reigns() && !candidacy.isLeaving()) {
      exchange.outbox().active(candidacy.claim(), null, 0,
        candidacy.received(Node.LOCAL), candidacy.done(Node.LOCAL));
    }
  }

  /** Answers a collector of another node. */
  JsonObject vote(Trunk from, JsonObject ask, long now) {
    var asker = new Claim(new Epoch(ask.getLong("number"), from.peer().incarnation()),
      ask.getLong("worker"), ask.getInteger("lane"));
    boolean begun = ask.getBoolean("begun");
    if (begun && candidacy != null
      && asker.epoch().compareTo(candidacy.claim().epoch()) > 0) {
      giveWay("node " + from.peer().name() + " has a later one");
    }
    var verdict = ballot.ask(asker, begun, now);
    if (verdict == Verdict.GRANTED && begun) {
      exchange.active(asker);
      exchange.outbox().active(asker, from, ask.getInteger("trunk"), ask.getLong("received"),
        ask.getLong("done"));
    }
    return new JsonObject().put("exchange", exchange.name()).put("number", ask.getLong("number"))
      .put("verdict", verdict.ordinal()).put("latest", ballot.latest().number())
      .put("lost", lostBy(asker.epoch()));
  }

  /** Another node's answer. @param asked when it was asked */
  void voted(Trunk from, JsonObject vote, long asked) {
    if (candidacy == null
      || vote.getLong("number") != candidacy.claim().epoch().number()) {
      return;
    }
    long node = from.peer().incarnation();
    switch (Verdict.values()[vote.getInteger("verdict")]) {
      case GRANTED -> candidacy.granted(node, asked, vote.getLong("lost"));
      case HELD -> candidacy.refused(node);
      case DEPOSED -> {
        latest = latest.max(new Epoch(vote.getLong("latest"), 0));
        giveWay("node " + from.peer().name() + " knows of a later one");
      }
    }
  }

  private void giveWay(String reason) {
    if (candidacy.reigns()) {
      depose(reason);
    } else {
      withdraw();
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
    if (candidacy != null) {
      candidacy.gone(trunk);
    }
  }
}

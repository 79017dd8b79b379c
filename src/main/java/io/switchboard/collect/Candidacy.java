package io.switchboard.collect;

import io.switchboard.trunk.Trunk;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * One try of a collector of this node to be the active one, from its claim to the end of its
 * reign: the votes that it has, and what its producers lost. On the control lane.
 */
final class Candidacy {
  private final Claim claim;
  private final int quorum;
  private final Tenure tenure = new Tenure(Collecting.LEASE_NANOS);
  private final Map<Long, Long> lostBy = new HashMap<>();
  private Reign reign;
  private boolean leaving;

  /** @param quorum how many votes it takes as its exchange says; 0 for as many as the cluster's */
  Candidacy(Claim claim, int quorum) {
    this.claim = claim;
    this.quorum = quorum;
  }

  Claim claim() {
    return claim;
  }

  int quorum() {
    return quorum;
  }

  boolean reigns() {
    return reign != null;
  }

  /** Its collector is about to hand over. */
  void leave() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  void granted(long node, long asked, long lost) {
    tenure.granted(node, asked);
    lost(node, lost);
  }

  void refused(long node) {
    tenure.refused(node);
  }

  boolean mayBegin(Reach reach, int votes, long now) {
    return tenure.mayBegin(reach, votes, now);
  }

  /** Until when it may act, by the votes that it has. */
  long until(Reach reach, int votes, long now) {
    return tenure.until(reach, votes, now);
  }

  /** @param lost how many entries this node itself lost with the reign before */
  Reign begin(long self, long lost, long until) {
    lostBy.put(self, lost);
    reign = new Reign(claim.epoch().number(), until,
      lostBy.values().stream().mapToLong(each -> each).sum());
    return reign;
  }

  void reignUntil(long nanos) {
    reign.until(nanos);
  }

  void end() {
    reign.end();
  }

  /** A node's count grows when it began the epoch later than this one. */
  void lost(long node, long lost) {
    long before = lostBy.getOrDefault(node, 0L);
    if (lost > before) {
      lostBy.put(node, lost);
      if (reign != null) {
        reign.lost(lost - before);
      }
    }
  }

  /** What is asked of one node, and told to it. */
  JsonObject ask(String exchange, Trunk to) {
    return new JsonObject().put("exchange", exchange)
      .put("number", claim.epoch().number()).put("worker", claim.worker())
      .put("lane", claim.lane()).put("begun", reigns()).put("trunk", to.number())
      .put("received", received(to.number())).put("done", done(to.number()));
  }

  /** How many entries of that trunk's node have arrived in this reign. */
  long received(int trunk) {
    var source = source(trunk);
    return source == null ? 0 : source.received();
  }

  /** How many of them are done. */
  long done(int trunk) {
    var source = source(trunk);
    return source == null ? 0 : source.done();
  }

  private Source source(int trunk) {
    return reign == null ? null : reign.source(trunk);
  }

  void gone(Trunk trunk) {
    if (reign != null) {
      reign.forget(trunk);
    }
  }
}

package io.switchboard.routing;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A worker somewhere in the cluster, as this node knows it, and how many of this node's
 * requests it has in hand. The same object lives on through all route tables, so counts are
 * never lost; one whose attributes have changed gives way to another that goes on counting.
 */
public final class Worker {
  /** One cache line for each lane, so that lanes do not slow each other down. */
  private static final int STRIDE = 16;
  /** Beside the count: those without an answer, how many of them were ever finished. */
  private static final int ONE_WAY = 1;
  private static final int FINISHED = 2;
  private static final int NOTED = 3;

  /** What each lane has learnt; shared by all that stand for one worker. */
  private record Counts(AtomicIntegerArray inFlight, PeakLatency[] latencies) {
  }

  private final Node node;
  private final long id;
  private final int lane;
  private final long identity;
  private final JsonObject attributes;
  private final int weight;
  private final Map<String, String> labels;
  private final Counts counts;
  private final AtomicIntegerArray inFlight;

  /**
   * @param id          unique on its node
   * @param lane        the lane of its node that is nearest to its context
   * @param attributes  what it says of itself; never changed
   * @param callerLanes how many lanes this node has
   */
  public Worker(Node node, long id, int lane, JsonObject attributes, int callerLanes) {
    this(node, id, lane, attributes, new Counts(
      new AtomicIntegerArray(callerLanes * STRIDE), new PeakLatency[callerLanes]));
  }

  private Worker(
    Node node, long id, int lane, JsonObject attributes, Counts counts) {
    this.node = node;
    this.id = id;
    this.lane = lane;
    this.identity = Hash.mix(Hash.of(node.name()) + id);
    this.attributes = attributes;
    this.weight = Labels.weightOfAttributes(attributes);
    this.labels = Labels.ofAttributes(attributes);
    this.counts = counts;
    this.inFlight = counts.inFlight;
  }

  /** The same worker with the same counts, which now says something else of itself. */
  public Worker with(JsonObject changed) {
    return changed.equals(attributes) ? this : new Worker(node, id, lane, changed, counts);
  }

  public Node node() {
    return node;
  }

  public long id() {
    return id;
  }

  public int lane() {
    return lane;
  }

  /** A hash that is the same on every node and after a restart in the same order. */
  public long identity() {
    return identity;
  }

  /** What it says of itself, its weight and labels among it; empty mostly. Do not change it. */
  public JsonObject attributes() {
    return attributes;
  }

  /** What share it wants beside the others; at least 1. */
  public int weight() {
    return weight;
  }

  /** The text of a label of its own or of its node; null without one. */
  public String label(String name) {
    return labels.get(name);
  }

  /** All its labels. */
  public Map<String, String> labels() {
    return labels;
  }

  /** How long it takes to answer that lane, in nanoseconds; 0 when that is not known. */
  public double latency(int callerLane, long nowNanos) {
    var latency = counts.latencies[callerLane];
    return latency == null ? 0 : latency.at(nowNanos);
  }

  /** It has answered after so long. To be called on that lane's thread only. */
  public void answered(int callerLane, long latencyNanos, long nowNanos) {
    var latency = counts.latencies[callerLane];
    if (latency == null) {
      latency = new PeakLatency();
      counts.latencies[callerLane] = latency;
    }
    latency.observe(latencyNanos, nowNanos);
  }

  /** What the given lane has sent here and has no answer to yet. */
  public int inFlight(int callerLane) {
    return inFlight.getPlain(callerLane * STRIDE);
  }

  /** The sum over all lanes; may be a moment old. */
  public int inFlight() {
    int sum = 0;
    for (int i = 0; i < inFlight.length(); i += STRIDE) {
      sum += inFlight.get(i);
    }
    return sum;
  }

  /** To be called on that lane's thread only. */
  public void sent(int callerLane) {
    add(callerLane, 1);
  }

  /** To be called on that lane's thread only, once for each {@link #sent}. */
  public void settled(int callerLane) {
    add(callerLane, -1);
  }

  /**
   * Like {@link #sent}, for a message without an answer. True when this lane has not been
   * noted since {@link #forgetOneWay}.
   */
  public boolean sentOneWay(int callerLane) {
    sent(callerLane);
    int cell = callerLane * STRIDE;
    inFlight.setPlain(cell + ONE_WAY, inFlight.getPlain(cell + ONE_WAY) + 1);
    boolean noted = inFlight.getPlain(cell + NOTED) != 0;
    inFlight.setPlain(cell + NOTED, 1);
    return !noted;
  }

  /** Its node has done with so many one-way messages of this lane in all. On that lane. */
  public void finishedOneWay(int callerLane, int total) {
    int cell = callerLane * STRIDE;
    int more = total - inFlight.getPlain(cell + FINISHED);
    inFlight.setPlain(cell + FINISHED, total);
    settleOneWays(callerLane, more < 0 ? total : more);
  }

  /** What is in flight without an answer will not be heard of. On that lane. */
  public void loseOneWays(int callerLane) {
    settleOneWays(callerLane, Integer.MAX_VALUE);
  }

  /** True when none is in flight; then the next one is noted anew. On that lane. */
  public boolean forgetOneWay(int callerLane) {
    int cell = callerLane * STRIDE;
    if (inFlight.getPlain(cell + ONE_WAY) > 0) {
      return false;
    }
    inFlight.setPlain(cell + NOTED, 0);
    return true;
  }

  /** A node that lost count begins again, so what it says may be more than is in flight. */
  private void settleOneWays(int callerLane, int most) {
    int cell = callerLane * STRIDE + ONE_WAY;
    int settled = Math.max(0, Math.min(most, inFlight.getPlain(cell)));
    inFlight.setPlain(cell, inFlight.getPlain(cell) - settled);
    add(callerLane, -settled);
  }

  /** Each cell has one writer: an ordered store is enough for readers elsewhere. */
  private void add(int callerLane, int difference) {
    int cell = callerLane * STRIDE;
    inFlight.setRelease(cell, inFlight.getPlain(cell) + difference);
  }

  @Override
  public String toString() {
    return node.name() + "/" + id;
  }
}

package io.switchboard.exchange;

import io.switchboard.routing.Candidates;
import io.switchboard.routing.Hash;
import io.switchboard.routing.Worker;

/** The workers of a route as one lane sees them; one object serves all choices of the lane. */
final class LaneCandidates implements Candidates {
  private final int lane;
  private Worker[] workers;
  private Worker excluded;
  private int room;
  private boolean allLanes;
  /** 0 until somebody asks for a time. */
  private long nowNanos;
  private long randomState = System.nanoTime();

  LaneCandidates(int lane) {
    this.lane = lane;
  }

  LaneCandidates of(Worker[] workers, int room, Worker excluded) {
    allLanes = false;
    return among(workers, room, excluded);
  }

  /** What all lanes of this node have sent counts for their room. */
  LaneCandidates ofAllLanes(Worker[] workers, int room, Worker excluded) {
    allLanes = true;
    return among(workers, room, excluded);
  }

  private LaneCandidates among(Worker[] workers, int room, Worker excluded) {
    this.workers = workers;
    this.room = room;
    this.excluded = excluded;
    this.nowNanos = 0;
    return this;
  }

  @Override
  public int size() {
    return workers.length;
  }

  @Override
  public boolean hasRoom(int index) {
    var worker = workers[index];
    return worker != excluded && (allLanes ? worker.inFlight() : worker.inFlight(lane)) < room;
  }

  @Override
  public int load(int index) {
    return workers[index].inFlight(lane);
  }

  @Override
  public long identity(int index) {
    return workers[index].identity();
  }

  @Override
  public int weight(int index) {
    return workers[index].weight();
  }

  @Override
  public String label(int index, String name) {
    return workers[index].label(name);
  }

  @Override
  public double latency(int index) {
    if (nowNanos == 0) {
      nowNanos = System.nanoTime();
    }
    return workers[index].latency(lane, nowNanos);
  }

  @Override
  public int lane() {
    return lane;
  }

  /** SplitMix64; no thread-local look-up for each choice. */
  @Override
  public int random(int bound) {
    randomState += 0x9E3779B97F4A7C15L;
    return (int) ((Hash.mix(randomState) >>> 33) * bound >>> 31);
  }
}

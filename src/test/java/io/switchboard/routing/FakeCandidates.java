package io.switchboard.routing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/** Workers as a table: what a balancer sees of them, and nothing behind it. */
final class FakeCandidates implements Candidates {
  final int[] loads;
  final boolean[] full;
  final long[] identities;
  int lane;
  private final Random random;

  private FakeCandidates(int[] loads, long[] identities, Random random) {
    this.loads = loads;
    this.full = new boolean[loads.length];
    this.identities = identities;
    this.random = random;
  }

  static FakeCandidates idle(int size) {
    return withLoads(new int[size]);
  }

  static FakeCandidates withLoads(int... loads) {
    return new FakeCandidates(loads,
      LongStream.range(0, loads.length).map(i -> Hash.mix(Hash.of("node") + i)).toArray(),
      new Random(loads.length));
  }

  FakeCandidates full(int... indexes) {
    Arrays.stream(indexes).forEach(index -> full[index] = true);
    return this;
  }

  FakeCandidates onLane(int index) {
    lane = index;
    return this;
  }

  /** The same workers without one. */
  FakeCandidates without(int gone) {
    var left = LongStream.range(0, identities.length).filter(i -> i != gone)
      .map(i -> identities[(int) i]).toArray();
    return new FakeCandidates(new int[left.length], left, random);
  }

  @Override
  public int size() {
    return loads.length;
  }

  @Override
  public boolean hasRoom(int index) {
    return !full[index];
  }

  @Override
  public int load(int index) {
    return loads[index];
  }

  @Override
  public long identity(int index) {
    return identities[index];
  }

  @Override
  public int lane() {
    return lane;
  }

  @Override
  public int random(int bound) {
    return random.nextInt(bound);
  }
}

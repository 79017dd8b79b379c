package io.switchboard.routing;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/** Workers as a table: what a balancer sees of them, and nothing behind it. */
final class FakeCandidates implements Candidates {
  final int[] loads;
  final boolean[] full;
  final long[] identities;
  final int[] weights;
  final double[] latencies;
  final Map<String, String>[] labels;
  int lane;
  private final Random random;

  private FakeCandidates(int[] loads, long[] identities, Random random) {
    this.loads = loads;
    this.full = new boolean[loads.length];
    this.identities = identities;
    this.weights = new int[loads.length];
    Arrays.fill(weights, 1);
    this.latencies = new double[loads.length];
    this.labels = noLabels(loads.length);
    this.random = random;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, String>[] noLabels(int size) {
    Map<String, String>[] none = new Map[size];
    Arrays.fill(none, Map.of());
    return none;
  }

  FakeCandidates weighing(int... each) {
    System.arraycopy(each, 0, weights, 0, each.length);
    return this;
  }

  FakeCandidates taking(double... nanos) {
    System.arraycopy(nanos, 0, latencies, 0, nanos.length);
    return this;
  }

  FakeCandidates labelled(int index, Map<String, String> with) {
    labels[index] = with;
    return this;
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
  public int weight(int index) {
    return weights[index];
  }

  @Override
  public String label(int index, String name) {
    return labels[index].get(name);
  }

  @Override
  public double latency(int index) {
    return latencies[index];
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

package io.switchboard.routing;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One choice among so many workers, a tenth of which are full. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BalancerBenchmark {
  @Param
  private Balancing balancing;

  @Param({"2", "32", "1000"})
  private int workers;

  private final String[] keys = new String[256];
  private Balancer balancer;
  private Candidates candidates;
  private int next;

  @Setup
  public void prepare() {
    balancer = balancing.create(4);
    candidates = new Row(workers);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "user-" + i * 7_919;
    }
  }

  @Benchmark
  public int choose() {
    return balancer.choose(candidates, keys[next++ & keys.length - 1]);
  }

  /** Workers in a row with loads that differ. */
  private static final class Row implements Candidates {
    private final int size;
    private long state = 42;

    private Row(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public boolean hasRoom(int index) {
      return index % 10 != 9;
    }

    @Override
    public int load(int index) {
      return index * 31 & 0xFF;
    }

    @Override
    public long identity(int index) {
      return Hash.mix(index);
    }

    @Override
    public int weight(int index) {
      return 1 + (index & 3);
    }

    @Override
    public String label(int index, String name) {
      return (index & 1) == 0 ? "a" : "b";
    }

    @Override
    public double latency(int index) {
      return 1e6 + index;
    }

    @Override
    public int lane() {
      return 1;
    }

    @Override
    public int random(int bound) {
      state += 0x9E3779B97F4A7C15L;
      return (int) ((Hash.mix(state) >>> 33) * bound >>> 31);
    }
  }
}

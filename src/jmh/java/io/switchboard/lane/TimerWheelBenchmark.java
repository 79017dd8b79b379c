package io.switchboard.lane;

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

/** What a deadline costs beside so many others that run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerWheelBenchmark {
  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

  @Param({"0", "10000"})
  private int running;

  private final TimerWheel wheel = new TimerWheel(0);
  private final Deadline deadline = new Deadline();
  private long now;

  private static final class Deadline extends TimerWheel.Timer {
    private long fired;

    @Override
    protected void onDeadline() {
      fired++;
    }
  }

  @Setup
  public void fill() {
    for (int i = 0; i < running; i++) {
      wheel.start(new Deadline(), Long.MAX_VALUE / 2 + i * TimerWheel.TICK_NANOS);
    }
  }

  /** Most requests: answered long before their deadline. */
  @Benchmark
  public int startAndCancel() {
    wheel.start(deadline, now + TEN_SECONDS);
    wheel.cancel(deadline);
    return wheel.size();
  }

  /** A request that is not answered, and the tick at which it fails. */
  @Benchmark
  public long startAndExpire() {
    wheel.start(deadline, now + TimerWheel.TICK_NANOS);
    now += 2 * TimerWheel.TICK_NANOS;
    wheel.advance(now);
    return deadline.fired;
  }
}

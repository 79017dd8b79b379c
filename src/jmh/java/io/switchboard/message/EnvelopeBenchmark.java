package io.switchboard.message;

import io.vertx.core.buffer.Buffer;
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

/** One envelope written into a batch that has room, and read out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {
  private static final int BATCH_FULL = 48 * 1024;

  @Param({"128", "1024"})
  private int payload;

  private final FrameReader reader = new FrameReader();
  private Buffer body;
  private Buffer batch;
  private Buffer one;

  @Setup
  public void prepare() {
    body = Buffer.buffer(new byte[payload]);
    batch = Buffer.buffer(2 * BATCH_FULL);
    one = Buffer.buffer();
    Frames.appendCall(one, false, CallMode.PLAIN, 17, 4711, 10_000, null, Headers.NONE,
      Body.prepare(body));
  }

  @Benchmark
  public Buffer write() {
    if (batch.length() > BATCH_FULL) {
      batch = Buffer.buffer(2 * BATCH_FULL);
    }
    Frames.appendCall(batch, false, CallMode.PLAIN, 17, 4711, 10_000, null, Headers.NONE,
      Body.prepare(body));
    return batch;
  }

  @Benchmark
  public Object read() {
    reader.reset(one, 0);
    reader.nextFrame();
    int sum = reader.readUnsignedByte();
    sum += (int) reader.readLong() + (int) reader.readLong() + reader.readInt();
    return sum < 0 ? null : reader.readBody();
  }
}

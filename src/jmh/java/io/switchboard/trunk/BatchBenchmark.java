package io.switchboard.trunk;

import io.switchboard.message.Body;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
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

/** A whole batch of envelopes of 128 bytes: written and sealed, checked and read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {
  @Param({"1", "64", "384"})
  private int envelopes;

  private final Buffer body = Buffer.buffer(new byte[128]);
  private final FrameReader reader = new FrameReader();
  private Buffer sealed;

  @Setup
  public void prepare() {
    sealed = write();
  }

  @Benchmark
  public Buffer write() {
    var batch = BatchHeader.begin(160 * envelopes, 1, 42);
    for (int i = 0; i < envelopes; i++) {
      Frames.appendReply(batch, i, Headers.NONE, Body.prepare(body));
    }
    BatchHeader.complete(batch, 7, 6);
    return batch;
  }

  @Benchmark
  public int read() {
    BatchHeader.check(sealed);
    reader.reset(sealed, BatchHeader.LENGTH);
    int bytes = 0;
    while (reader.nextFrame() != 0) {
      reader.readLong();
      reader.readUnsignedByte();
      bytes += ((Buffer) reader.readBody()).length();
    }
    return bytes;
  }
}

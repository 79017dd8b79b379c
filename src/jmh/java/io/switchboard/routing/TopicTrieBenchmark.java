package io.switchboard.routing;

import java.util.Collection;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A topic with 100,000 bindings of four words; one word in ten is a {@code *}, one pattern in
 * twenty ends with {@code #}. Look at p0.50: the median match may take 5 µs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopicTrieBenchmark {
  private static final int BINDINGS = 100_000;
  private static final int WORDS = 4;
  private static final int VOCABULARY = 200;
  private static final int KEYS = 4_096;

  private final TopicTrie<Integer> trie = new TopicTrie<>();
  private final String[] keys = new String[KEYS];
  private int next;

  @Setup
  public void bind() {
    var random = new Random(42);
    for (int i = 0; i < BINDINGS; i++) {
      trie.bind(pattern(random), i);
    }
    for (int i = 0; i < KEYS; i++) {
      keys[i] = words(random, 0);
    }
  }

  private static String pattern(Random random) {
    var words = words(random, 0.1);
    return random.nextInt(20) == 0 ? words.substring(0, words.lastIndexOf('.')) + ".#" : words;
  }

  private static String words(Random random, double wild) {
    var words = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      words.append(i == 0 ? "" : ".")
        .append(random.nextDouble() < wild ? "*" : "w" + random.nextInt(VOCABULARY));
    }
    return words.toString();
  }

  @Benchmark
  public Collection<Integer> match() {
    return trie.match(keys[next++ & KEYS - 1]);
  }
}

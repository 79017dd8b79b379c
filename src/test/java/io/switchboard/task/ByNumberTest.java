package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByNumberTest {
  @Test
  void doesWhatAMapDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var expected = new HashMap<Long, String>();
    var actual = new ByNumber<String>();
    for (int i = 0; i < 50_000; i++) {
      long number = (long) random.nextInt(3) << 32 | random.nextInt(700);
      if (random.nextInt(5) < 3) {
        expected.put(number, "value " + i);
        actual.put(number, "value " + i);
      } else {
        assertThat(actual.remove(number)).as("seed " + seed).isEqualTo(expected.remove(number));
      }
      assertThat(actual.size()).isEqualTo(expected.size());
    }
    for (long number = 0; number < 700; number++) {
      assertThat(actual.get(number)).as("seed " + seed).isEqualTo(expected.get(number));
    }
    assertThat(actual.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    actual.clear();
    assertThat(actual.all()).isEmpty();
    assertThat(actual.get(1)).isNull();
  }
}

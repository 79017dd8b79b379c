package io.switchboard.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WakefulnessTest {
  private final Wakefulness wakefulness = new Wakefulness(40, 150, 0);

  @Test
  void ticksInTimeAreNoSleep() {
    for (int now = 10; now < 500; now += 40) {
      assertThat(wakefulness.tick(now)).isFalse();
    }
  }

  @Test
  void afterSleepAllThatWereKnownCountForAWhile() {
    wakefulness.tick(10);
    assertThat(wakefulness.reach(Set.of(2L), Set.of(2L, 3L), 10))
      .isEqualTo(new Reach(Set.of(2L), false));
    assertThat(wakefulness.tick(500)).isTrue();
    assertThat(wakefulness.reach(Set.of(), Set.of(4L), 500))
      .isEqualTo(new Reach(Set.of(2L, 3L, 4L), true));
    assertThat(wakefulness.tick(540)).isFalse();
    assertThat(wakefulness.reach(Set.of(4L), Set.of(4L), 649).justWoke()).isTrue();
    assertThat(wakefulness.reach(Set.of(4L), Set.of(4L), 650))
      .isEqualTo(new Reach(Set.of(4L), false));
  }
}

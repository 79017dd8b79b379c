package io.switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final ArrayList<Long> confirmed = new ArrayList<>();
  private final Arrivals arrivals = new Arrivals(confirmed::add);

  @Test
  void confirmsAtEveryMark() {
    arrivals.begin(3);
    for (int i = 0; i < 7; i++) {
      arrivals.arrived(1);
    }
    assertThat(confirmed).containsExactly(3L, 6L);
    assertThat(arrivals.report().getLong("count")).isEqualTo(7);
  }

  @Test
  void oneArrivalMayPassSeveralMarks() {
    arrivals.begin(10);
    arrivals.arrived(25);
    arrivals.arrived(4);
    arrivals.arrived(1);
    assertThat(confirmed).containsExactly(25L, 30L);
  }

  @Test
  void beginsAnew() {
    arrivals.begin(1);
    arrivals.arrived(1);
    arrivals.begin(2);
    assertThat(arrivals.report().getLong("count")).isZero();
    assertThat(arrivals.report().getDouble("perSecond")).isZero();
  }
}

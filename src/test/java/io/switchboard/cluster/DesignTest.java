package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 3", "5, 3", "6, 4", "60, 31", "61, 31"})
  void aMajorityFromThreeOn(int designed, int quorum) {
    assertThat(Design.quorum(designed)).isEqualTo(quorum);
  }
}

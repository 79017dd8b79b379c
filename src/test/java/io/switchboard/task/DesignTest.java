package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, true", "2, 2, true", "2, 1, true",
    "3, 3, true", "3, 2, true", "3, 1, false",
    "4, 3, true", "4, 2, false", "5, 3, true", "5, 2, false", "60, 31, true", "60, 30, false"})
  void aMajorityFromThreeOn(int designed, int inReach, boolean enough) {
    assertThat(Design.isEnough(designed, inReach)).isEqualTo(enough);
  }
}

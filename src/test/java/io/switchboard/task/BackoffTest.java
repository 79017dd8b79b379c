package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.exchange.TaskOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final TaskOptions OPTIONS = TaskOptions.from(
    new JsonObject().put("backoff", 1_000).put("maxBackoff", 10_000), "");

  @ParameterizedTest
  @CsvSource({
    "1, 0, 500", "1, 1, 1000", "2, 0, 1000", "2, 0.5, 1500", "2, 1, 2000", "3, 1, 4000",
    "4, 1, 8000", "5, 1, 10000", "5, 0, 5000", "1000, 1, 10000"})
  void itDoublesUpToTheLongestAndHalfIsLeftToChance(int attempts, double chance, long millis) {
    assertThat(Backoff.millis(OPTIONS, attempts, chance)).isEqualTo(millis);
  }
}

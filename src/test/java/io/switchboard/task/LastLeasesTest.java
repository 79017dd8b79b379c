package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLeasesTest {
  private final LastLeases leases = new LastLeases(5);

  @ParameterizedTest
  @CsvSource({
    // inherited, attempts, lease of the verdict, may it be the last one, is it
    "false, 1, 7, true, true", "false, 1, 6, true, true", "false, 1, 5, true, false",
    "false, 2, 7, true, true", "false, 2, 6, false, false", "false, 2, 5, false, false",
    "true, 1, 7, true, true", "true, 1, 6, false, false", "true, 1, 5, false, false",
  })
  void whoLostATaskDoesNotGetTheCreditForIt(
    boolean inherited, int attempts, long token, boolean allowed, boolean proven) {
    leases.add(entry(1, inherited, attempts));
    assertThat(leases.allow(new TaskId(1, 1), token)).isEqualTo(allowed);
    assertThat(leases.prove(new TaskId(1, 1), token)).isEqualTo(proven);
  }

  @Test
  void aFormerOwnersLeaseProvesNothing() {
    var id = new TaskId(1, 1);
    assertThat(leases.prove(id, 6)).isTrue();
    assertThat(leases.prove(id, 5)).isFalse();
    assertThat(leases.allow(id, 5)).isTrue();
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i <= LastLeases.MAX; i++) {
      leases.add(entry(i, true, 1));
    }
    assertThat(leases.allow(new TaskId(1, 0), 6)).isTrue();
    assertThat(leases.prove(new TaskId(1, 0), 6)).isFalse();
    assertThat(leases.prove(new TaskId(1, 0), 8)).isTrue();
    assertThat(leases.allow(new TaskId(1, 1), 6)).isFalse();
  }

  private static TaskEntry entry(long number, boolean inherited, int attempts) {
    var entry = new TaskEntry(new TaskId(1, number), 4, null, 0, 0, new byte[0]);
    entry.inherited = inherited;
    entry.attempts = attempts;
    entry.token = 7;
    return entry;
  }
}

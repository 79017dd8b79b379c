package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureCodeTest {
  /** The table of the outside contract; the first column travels between nodes. */
  private static final String TABLE = """
    1  BAD_REQUEST   400 NO
    2  DENIED        403 NO
    3  NO_EXCHANGE   404 NO
    4  CONFLICT      409 NO
    5  STALE_TOKEN   409 NO
    6  TOO_LARGE     413 NO
    7  OVERLOADED    429 YES
    8  CANCELLED     499 NO
    9  WORKER_FAILED 500 NO
    10 NO_WORKER     503 YES
    11 NODE_DOWN     503 IF_IDEMPOTENT
    12 WORKER_GONE   503 IF_IDEMPOTENT
    13 DRAINING      503 YES
    14 NO_QUORUM     503 YES
    15 DEADLINE      504 NO
    """;

  @Test
  void theTableIsTheContracts() {
    assertThat(Arrays.stream(FailureCode.values())
      .map(code -> code.number() + " " + code + " " + code.httpStatus() + " " + code.retry()))
      .containsExactlyElementsOf(
        TABLE.lines().map(line -> line.replaceAll(" +", " ")).toList());
  }

  @Test
  void onlyAPlainYesIsRetryable() {
    assertThat(Arrays.stream(FailureCode.values()).filter(FailureCode::isRetryable))
      .containsExactly(FailureCode.OVERLOADED, FailureCode.NO_WORKER, FailureCode.DRAINING,
        FailureCode.NO_QUORUM);
  }

  @Test
  void aNumberLeadsToItsCode() {
    for (var code : FailureCode.values()) {
      assertThat(FailureCode.of(code.number())).contains(code);
      assertThat(code.meaning()).isNotBlank();
    }
    for (int unknown : new int[] {0, -1, 16, 255, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThat(FailureCode.of(unknown)).isEmpty();
    }
  }
}

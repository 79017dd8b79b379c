package io.switchboard.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditTest {
  private static Credit credit() {
    return new Credit(1_000, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1000, 10, true", "400, 4, 600, 6, true", "400, 4, 601, 6, false",
    "400, 4, 600, 7, false", "1000, 1, 1, 1, false", "1, 10, 1, 1, false",
    "5000, 1, 1, 1, false", "1, 5000, 1, 1, false"})
  void allowsUpToItsBounds(int bytes, int messages, int more, int moreMessages, boolean allowed) {
    var credit = credit();
    if (bytes > 0) {
      credit.sent(1, bytes, messages);
    }
    assertThat(credit.allows(more, moreMessages)).isEqualTo(allowed);
  }

  @Test
  void aBatchAloneMayAlwaysGo() {
    var credit = credit();
    assertThat(credit.allows(1 << 30, 1 << 20)).isTrue();
    credit.sent(1, 1 << 30, 1);
    assertThat(credit.allows(1, 1)).isFalse();
    assertThat(credit.confirmed(1)).isTrue();
    assertThat(credit.allows(1 << 30, 1)).isTrue();
  }

  @Test
  void sumsBeyondAnIntAreCountedRight() {
    var credit = new Credit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    credit.sent(1, Integer.MAX_VALUE, 1);
    assertThat(credit.allows(Integer.MAX_VALUE, 1)).isFalse();
    credit.sent(2, Integer.MAX_VALUE, 1);
    assertThat(credit.bytesUnderWay()).isEqualTo(2L * Integer.MAX_VALUE);
  }

  @Test
  void aConfirmationConfirmsAllBeforeIt() {
    var credit = credit();
    for (int number = 1; number <= 5; number++) {
      credit.sent(number, 100, 1);
    }
    assertThat(credit.confirmed(4)).isTrue();
    assertThat(credit.bytesUnderWay()).isEqualTo(100);
    assertThat(credit.confirmed(4)).isFalse();
    assertThat(credit.confirmed(2)).isFalse();
    assertThat(credit.confirmed(5)).isTrue();
    assertThat(credit.isUnused()).isTrue();
  }

  @Test
  void aResetForgetsWhatIsUnderWay() {
    var credit = credit();
    credit.sent(1, 1_000, 10);
    credit.reset();
    assertThat(credit.isUnused()).isTrue();
    assertThat(credit.bytesUnderWay()).isZero();
    assertThat(credit.allows(1_000, 10)).isTrue();
    assertThat(credit.confirmed(1)).isFalse();
  }

  @Test
  void numbersMayWrap() {
    var credit = credit();
    credit.sent(Integer.MAX_VALUE, 100, 1);
    credit.sent(Integer.MIN_VALUE, 100, 1);
    credit.sent(-1, 100, 1);
    credit.sent(1, 100, 1);
    assertThat(credit.confirmed(Integer.MAX_VALUE - 1)).isFalse();
    assertThat(credit.confirmed(Integer.MIN_VALUE)).isTrue();
    assertThat(credit.bytesUnderWay()).isEqualTo(200);
    assertThat(credit.confirmed(1)).isTrue();
    assertThat(credit.isUnused()).isTrue();
  }

  /** The ring grows while its content lies across its end, and goes round many times. */
  @Test
  void agreesWithAPlainQueue() {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    var credit = new Credit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    var underWay = new ArrayDeque<int[]>();
    int number = 0;
    for (int step = 0; step < 200_000; step++) {
      boolean filling = step / 1_000 % 2 == 0;
      if (random.nextInt(10) < (filling ? 7 : 4)) {
        int bytes = random.nextInt(1_000);
        credit.sent(++number, bytes, 1);
        underWay.add(new int[] {number, bytes});
      } else if (!underWay.isEmpty()) {
        int confirmed = underWay.peek()[0] + random.nextInt(3) - 1;
        boolean progress = false;
        while (!underWay.isEmpty() && underWay.peek()[0] <= confirmed) {
          underWay.remove();
          progress = true;
        }
        assertThat(credit.confirmed(confirmed)).as("-Dseed=%d", seed).isEqualTo(progress);
      }
      if (step % 100 == 0) {
        assertThat(credit.bytesUnderWay()).as("-Dseed=%d", seed)
          .isEqualTo(underWay.stream().mapToLong(each -> each[1]).sum());
        assertThat(credit.isUnused()).isEqualTo(underWay.isEmpty());
      }
    }
  }
}

package io.switchboard.collect;

import static io.switchboard.collect.Ballot.Verdict.DEPOSED;
import static io.switchboard.collect.Ballot.Verdict.GRANTED;
import static io.switchboard.collect.Ballot.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BallotTest {
  private static final Claim A1 = claim(1, 7);
  private static final Claim A3 = claim(3, 7);
  private static final Claim B1 = claim(1, 8);
  private static final Claim B2 = claim(2, 8);

  private final Ballot ballot = new Ballot(100, Epoch.NONE);

  private static Claim claim(long number, long node) {
    return new Claim(new Epoch(number, node), 1, 0);
  }

  @Test
  void theVoteIsOneAskersForTheLengthOfALease() {
    assertThat(ballot.ask(A1, false, 0)).isEqualTo(GRANTED);
    assertThat(ballot.ask(B2, false, 99)).isEqualTo(HELD);
    assertThat(ballot.ask(A1, true, 99)).isEqualTo(GRANTED);
    assertThat(ballot.ask(B2, false, 198)).isEqualTo(HELD);
    assertThat(ballot.ask(B2, false, 199)).isEqualTo(GRANTED);
    assertThat(ballot.holder()).isEqualTo(B2);
  }

  @Test
  void whoeverIsDeposedIsToldSo() {
    ballot.ask(A1, true, 0);
    assertThat(ballot.ask(B2, false, 100)).isEqualTo(GRANTED);
    // A claim alone deposes nobody: it may never come true.
    assertThat(ballot.ask(A1, true, 150)).isEqualTo(HELD);
    assertThat(ballot.ask(B2, true, 150)).isEqualTo(GRANTED);
    assertThat(ballot.ask(A1, true, 160)).isEqualTo(DEPOSED);
    assertThat(ballot.ask(A1, true, 900)).isEqualTo(DEPOSED);
    assertThat(ballot.ask(A3, false, 900)).isEqualTo(GRANTED);
  }

  @Test
  void theOldOneGoesOnWhenAClaimDidNotComeTrue() {
    ballot.ask(A1, true, 0);
    ballot.ask(B2, false, 100);
    assertThat(ballot.ask(A1, true, 200)).isEqualTo(GRANTED);
    assertThat(ballot.hasBegun()).isTrue();
  }

  @Test
  void aVoteThatWasGivenBackIsFreeAtOnce() {
    ballot.ask(A1, true, 0);
    assertThat(ballot.release(B2.epoch())).isFalse();
    assertThat(ballot.release(A1.epoch())).isTrue();
    assertThat(ballot.holder()).isNull();
    assertThat(ballot.ask(A1, true, 1)).as("late renewal").isEqualTo(DEPOSED);
    assertThat(ballot.ask(B2, false, 1)).isEqualTo(GRANTED);
  }

  @Test
  void ofTwoPartsThatMeetTheLaterEpochStays() {
    ballot.ask(A1, true, 0);
    assertThat(ballot.ask(B1, true, 10)).as("A's lease runs").isEqualTo(HELD);
    assertThat(ballot.ask(A1, true, 20)).as("B's node is higher").isEqualTo(DEPOSED);
    assertThat(ballot.ask(B1, true, 100)).isEqualTo(GRANTED);
  }

  @Test
  void afterSleepTheHolderHasMoreTime() {
    ballot.ask(A1, true, 0);
    ballot.extend(500);
    assertThat(ballot.ask(B2, false, 499)).isEqualTo(HELD);
    assertThat(ballot.ask(B2, false, 500)).isEqualTo(GRANTED);
    assertThat(ballot.latest()).isEqualTo(B2.epoch());
  }
}

package io.switchboard.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
  private static final long TICK = TimerWheel.TICK_NANOS;
  private static final long ROUND = 1_024 * TICK;

  private final List<String> fired = new ArrayList<>();

  private final class Named extends TimerWheel.Timer {
    private final String name;
    private final Runnable action;

    private Named(String name, Runnable action) {
      this.name = name;
      this.action = action;
    }

    @Override
    protected void onDeadline() {
      fired.add(name);
      action.run();
    }
  }

  private Named timer(String name) {
    return timer(name, () -> { });
  }

  private Named timer(String name, Runnable action) {
    return new Named(name, action);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "10000000, 1", "10000001, 2", "15000000, 2", "20000000, 2", "10230000000, 1023",
    "10240000000, 1024", "10240000001, 1025", "30000000000, 3000", "86400000000000, 8640000"})
  void firesAtTheFirstTickThatIsNotBeforeTheDeadline(long deadline, long tick) {
    var wheel = new TimerWheel(0);
    var timer = timer("a");
    wheel.start(timer, deadline);
    for (long now = Math.max(0, tick - 3_000); now < tick; now++) {
      wheel.advance(now * TICK);
    }
    assertThat(fired).isEmpty();
    assertThat(timer.isRunning()).isTrue();
    wheel.advance(tick * TICK);
    assertThat(fired).containsExactly("a");
    assertThat(timer.isRunning()).isFalse();
    assertThat(wheel.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 12_345, Long.MAX_VALUE - 3 * 10_000_000L, -5_000_000_000L})
  void isNeverEarlyAndAtMostATickLate(long start) {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    var wheel = new TimerWheel(start);
    int count = 5_000;
    var deadlines = new long[count];
    var late = new long[count];
    var now = new long[] {start};
    for (int i = 0; i < count; i++) {
      int number = i;
      deadlines[i] = random.nextLong(3 * ROUND);
      late[i] = -1;
      wheel.start(timer("", () -> late[number] = now[0] - start - deadlines[number]),
        start + deadlines[i]);
    }
    for (long tick = 1; tick <= 3 * 1_024; tick++) {
      now[0] = start + tick * TICK;
      wheel.advance(now[0]);
    }
    assertThat(Arrays.stream(late).boxed()).as("-Dseed=%d", seed)
      .allSatisfy(by -> assertThat(by).isBetween(0L, TICK));
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aCancelledTimerDoesNotFire() {
    var wheel = new TimerWheel(0);
    var timers = List.of(timer("a"), timer("b"), timer("c"));
    timers.forEach(timer -> wheel.start(timer, 5 * TICK));
    wheel.cancel(timers.get(1));
    wheel.cancel(timers.get(1));
    assertThat(timers.get(1).isRunning()).isFalse();
    assertThat(wheel.size()).isEqualTo(2);
    wheel.advance(5 * TICK);
    assertThat(fired).containsExactlyInAnyOrder("a", "c");
    wheel.cancel(timers.get(0));
    assertThat(wheel.size()).isZero();
  }

  @Test
  void cancellingTheFirstOrLastOfASlotLeavesTheOthers() {
    for (int cancelled = 0; cancelled < 3; cancelled++) {
      fired.clear();
      var wheel = new TimerWheel(0);
      var timers = List.of(timer("0"), timer("1"), timer("2"));
      timers.forEach(timer -> wheel.start(timer, TICK));
      wheel.cancel(timers.get(cancelled));
      wheel.advance(TICK);
      assertThat(fired).hasSize(2).doesNotContain(String.valueOf(cancelled));
    }
  }

  @Test
  void startingAgainMovesTheTimer() {
    var wheel = new TimerWheel(0);
    var timer = timer("a");
    wheel.start(timer, 2 * TICK);
    wheel.start(timer, 9 * TICK);
    assertThat(wheel.size()).isEqualTo(1);
    wheel.advance(8 * TICK);
    assertThat(fired).isEmpty();
    wheel.advance(9 * TICK);
    assertThat(fired).containsExactly("a");
    wheel.start(timer, 11 * TICK);
    wheel.advance(11 * TICK);
    assertThat(fired).containsExactly("a", "a");
  }

  @Test
  void aTimerMayStartItselfWhileItFires() {
    var wheel = new TimerWheel(0);
    var again = new Named[1];
    again[0] = timer("a", () -> wheel.start(again[0], fired.size() * 3 * TICK));
    wheel.start(again[0], TICK);
    wheel.advance(TICK);
    assertThat(fired).hasSize(1);
    assertThat(again[0].isRunning()).isTrue();
    wheel.advance(2 * TICK);
    assertThat(fired).hasSize(1);
    wheel.advance(6 * TICK);
    assertThat(fired).hasSize(3);
    assertThat(wheel.size()).isEqualTo(1);
  }

  @Test
  void aTimerMayCancelOrMoveOthersThatAreDueAtTheSameTick() {
    var wheel = new TimerWheel(0);
    var others = List.of(timer("cancelled"), timer("moved"));
    Runnable disturb = () -> {
      wheel.cancel(others.get(0));
      wheel.start(others.get(1), 5 * TICK);
    };
    // One of each at both ends: whatever the order, one disturber fires before the others.
    wheel.start(timer("first", disturb), TICK);
    others.forEach(timer -> wheel.start(timer, TICK));
    wheel.start(timer("last", disturb), TICK);
    wheel.advance(TICK);
    assertThat(fired).containsExactlyInAnyOrder("first", "last");
    assertThat(others.get(0).isRunning()).isFalse();
    assertThat(others.get(1).isRunning()).isTrue();
    wheel.advance(5 * TICK);
    assertThat(fired).containsExactlyInAnyOrder("first", "last", "moved");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aLongPauseFiresAllThatIsDueAndNothingElse() {
    var wheel = new TimerWheel(0);
    for (int i = 1; i <= 5_000; i++) {
      wheel.start(timer("due"), i * TICK);
    }
    wheel.start(timer("not due"), 7_000 * TICK);
    wheel.start(timer("far"), 50_000 * TICK);
    wheel.advance(6_000 * TICK);
    assertThat(fired).hasSize(5_000).containsOnly("due");
    wheel.advance(7_000 * TICK);
    assertThat(fired).hasSize(5_001).contains("not due");
    assertThat(wheel.size()).isEqualTo(1);
  }

  @Test
  void aDeadlineThatHasPassedFiresAtTheNextTick() {
    var wheel = new TimerWheel(0);
    wheel.advance(100 * TICK);
    wheel.start(timer("a"), 3 * TICK);
    wheel.start(timer("b"), -TICK);
    wheel.advance(100 * TICK);
    assertThat(fired).isEmpty();
    wheel.advance(101 * TICK);
    assertThat(fired).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void timeThatStandsStillOrGoesBackDoesNothing() {
    var wheel = new TimerWheel(0);
    wheel.start(timer("a"), 5 * TICK);
    wheel.advance(4 * TICK);
    wheel.advance(4 * TICK);
    wheel.advance(0);
    assertThat(fired).isEmpty();
    wheel.advance(5 * TICK);
    assertThat(fired).containsExactly("a");
  }
}

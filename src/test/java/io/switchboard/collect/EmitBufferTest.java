package io.switchboard.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.exchange.Overflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class EmitBufferTest {
  private final LongAdder dropped = new LongAdder();

  private EmitBuffer<Integer> buffer(int entries, long bytes, int window, Overflow overflow) {
    return new EmitBuffer<>(new BufferBounds(entries, bytes, window, overflow), dropped::increment);
  }

  private static EmitBuffer<Integer> fill(EmitBuffer<Integer> buffer, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(buffer.offer(i, 10)).isTrue();
    }
    return buffer;
  }

  private static List<Integer> sendAll(EmitBuffer<Integer> buffer) {
    var sent = new ArrayList<Integer>();
    for (var held = buffer.next(); held != null; held = buffer.next()) {
      sent.add(held.content());
    }
    return sent;
  }

  @Test
  void theWindowBoundsWhatIsOnItsWayAndTheRestFollows() {
    var buffer = fill(buffer(100, 10_000, 4, Overflow.REFUSE), 1, 10);
    buffer.begin();
    assertThat(sendAll(buffer)).containsExactly(1, 2, 3, 4);
    assertThat(buffer.number()).isEqualTo(4);
    assertThat(buffer.inDoubt()).isEqualTo(4);
    assertThat(buffer.taken(3)).isEqualTo(3);
    assertThat(buffer.taken(2)).as("an old confirmation").isZero();
    assertThat(sendAll(buffer)).containsExactly(5, 6, 7);
    assertThat(buffer.size()).isEqualTo(7);
    assertThat(buffer.bytes()).isEqualTo(70);
  }

  @Test
  void atTheBoundOneMoreIsRefused() {
    var buffer = fill(buffer(3, 10_000, 4, Overflow.REFUSE), 1, 3);
    assertThat(buffer.offer(4, 10)).isFalse();
    buffer.begin();
    assertThat(sendAll(buffer)).containsExactly(1);
    assertThat(buffer.offer(4, 10)).as("on its way is not taken").isFalse();
    buffer.taken(1);
    assertThat(buffer.offer(4, 10)).isTrue();
    assertThat(dropped.sum()).isZero();
  }

  @Test
  void bytesAreABoundToo() {
    var buffer = buffer(100, 25, 50, Overflow.REFUSE);
    fill(buffer, 1, 2);
    assertThat(buffer.offer(3, 10)).isFalse();
    assertThat(buffer.offer(3, 5)).isTrue();
    assertThat(buffer.offer(4, 26)).isFalse();
    assertThat(buffer.size()).isEqualTo(3);
  }

  @Test
  void theOldestThatWaitGiveWayAndTheNextOneSaysHowMany() {
    var buffer = fill(buffer(6, 10_000, 2, Overflow.DROP_OLDEST), 1, 6);
    buffer.begin();
    assertThat(sendAll(buffer)).containsExactly(1, 2);
    fill(buffer, 7, 9);
    assertThat(dropped.sum()).isEqualTo(3);
    buffer.taken(2);
    var next = buffer.next();
    assertThat(next.content()).isEqualTo(6);
    assertThat(next.dropped()).isEqualTo(3);
    assertThat(buffer.next().dropped()).isZero();
  }

  @Test
  void aHandOverSendsAgainWhatWasNotTaken() {
    var buffer = fill(buffer(100, 10_000, 5, Overflow.REFUSE), 1, 8);
    buffer.begin();
    sendAll(buffer);
    buffer.taken(2);
    buffer.giveBack();
    assertThat(buffer.inDoubt()).isZero();
    assertThat(buffer.begin()).isZero();
    assertThat(sendAll(buffer)).containsExactly(3, 4, 5, 6, 7);
    assertThat(buffer.number()).as("counted anew").isEqualTo(5);
    buffer.taken(5);
    assertThat(sendAll(buffer)).containsExactly(8);
    assertThat(buffer.number()).isEqualTo(6);
  }

  @Test
  void withoutAHandOverWhatIsInDoubtIsLostAndCounted() {
    var buffer = fill(buffer(6, 10_000, 3, Overflow.DROP_OLDEST), 1, 8);
    buffer.begin();
    assertThat(buffer.next().dropped()).isEqualTo(2);
    sendAll(buffer);
    assertThat(buffer.begin()).isEqualTo(3);
    assertThat(buffer.size()).isEqualTo(3);
    var next = buffer.next();
    assertThat(next.content()).isEqualTo(6);
    assertThat(next.dropped()).as("the news went with the lost one").isEqualTo(2);
  }

  @Test
  void whatIsClearedIsGoneSentOrNot() {
    var buffer = fill(buffer(8, 10_000, 5, Overflow.REFUSE), 1, 8);
    buffer.begin();
    buffer.next();
    assertThat(buffer.clear()).isEqualTo(8);
    assertThat(buffer.size()).isZero();
    assertThat(buffer.bytes()).isZero();
    assertThat(buffer.inDoubt()).isZero();
    assertThat(sendAll(fill(buffer, 9, 16))).containsExactly(9, 10, 11, 12);
    assertThat(buffer.taken(5)).isEqualTo(4);
  }

  @Test
  void whatDidNotArriveIsSentAgainInItsOrder() {
    var buffer = fill(buffer(100, 10_000, 5, Overflow.REFUSE), 1, 7);
    buffer.begin();
    sendAll(buffer);
    buffer.taken(1);
    buffer.rewind(2);
    assertThat(sendAll(buffer)).containsExactly(3, 4, 5, 6);
    assertThat(buffer.begin()).as("sent twice, lost once").isEqualTo(5);
  }

  @Test
  void whatCouldNotBeSentIsNextAgainAndNotInDoubt() {
    var buffer = fill(buffer(100, 10_000, 5, Overflow.REFUSE), 1, 2);
    buffer.begin();
    assertThat(buffer.next().content()).isEqualTo(1);
    buffer.unsend();
    assertThat(buffer.inDoubt()).isZero();
    assertThat(buffer.begin()).isZero();
    assertThat(sendAll(buffer)).containsExactly(1, 2);
  }

  @Test
  void theRingGrowsWithTheWindow() {
    var buffer = fill(buffer(10_000, 1 << 20, 1_000, Overflow.REFUSE), 1, 3_000);
    buffer.begin();
    int next = 1;
    while (buffer.size() > 0) {
      for (var content : sendAll(buffer)) {
        assertThat(content).isEqualTo(next++);
      }
      buffer.taken(buffer.number() - 3);
      if (buffer.size() <= 3) {
        buffer.taken(buffer.number());
      }
    }
    assertThat(next).isEqualTo(3_001);
  }
}

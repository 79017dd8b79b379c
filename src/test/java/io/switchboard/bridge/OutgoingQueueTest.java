package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingQueueTest {
  private final OutgoingQueue queue = new OutgoingQueue(3, 100,
    (source, lost) -> Buffer.buffer(source + "-" + lost));

  @Test
  void keepsTheOrder() {
    events("a", "1", "2", "3");
    assertThat(drain()).containsExactly("1", "2", "3");
  }

  @Test
  void countsWhatIsOverTheBoundAndReportsItWhenDrained() {
    events("a", "1", "2", "3", "4", "5");
    assertThat(drain()).containsExactly("1", "2", "3", "a-2");
    assertThat(drain()).isEmpty();
  }

  @Test
  void putsTheGapWhereTheEventsAreMissing() {
    events("a", "1", "2", "3", "4");
    assertThat(queue.poll()).hasToString("1");
    assertThat(queue.poll()).hasToString("2");
    events("a", "5");
    assertThat(drain()).containsExactly("3", "a-1", "5");
  }

  @Test
  void countsForEachSource() {
    events("a", "1", "2", "3", "4");
    events("b", "5", "6");
    assertThat(drain()).containsExactly("1", "2", "3", "a-1", "b-2");
  }

  @Test
  void isBoundedInBytes() {
    var large = "x".repeat(60);
    events("a", large, large, "1");
    assertThat(drain()).containsExactly(large, "a-1", "1");
    var huge = "x".repeat(200);
    events("a", huge, "1");
    assertThat(drain()).containsExactly(huge, "a-1");
  }

  @Test
  void refusesWhatMustNotBeLost() {
    events("a", "1", "2", "3");
    assertThat(queue.offer(Buffer.buffer("reply"))).isFalse();
    queue.poll();
    assertThat(queue.offer(Buffer.buffer("reply"))).isTrue();
    assertThat(drain()).containsExactly("2", "3", "reply");
  }

  @Test
  void forgetsWhoHasLeft() {
    events("a", "1", "2", "3", "4");
    queue.forget("a");
    assertThat(drain()).containsExactly("1", "2", "3");
  }

  private void events(String source, String... frames) {
    for (var frame : frames) {
      queue.offerEvent(source, Buffer.buffer(frame));
    }
  }

  private List<String> drain() {
    var frames = new ArrayList<String>();
    for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
      frames.add(frame.toString());
    }
    return frames;
  }
}

package io.switchboard.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.message.FragmentFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Large frames in pieces, and together again. */
class ReassemblyTest {
  private static Vertx vertx;

  private final LargeMemory memory = new LargeMemory(0);
  private final Reassembly reassembly = new Reassembly(vertx.getOrCreateContext(), memory);

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  private static Buffer bytes(int length, int seed) {
    var buffer = Buffer.buffer(length);
    for (int i = 0; i < length; i++) {
      buffer.appendByte((byte) (i * 31 + seed));
    }
    return buffer;
  }

  /** Cuts what waits into frames and gives them to the reassembly. */
  private List<Buffer> transfer(LargeFrames frames) {
    var complete = new ArrayList<Buffer>();
    while (!frames.isEmpty()) {
      var piece = Buffer.buffer();
      frames.appendNext(piece);
      assertThat(piece.length())
        .isLessThanOrEqualTo(FragmentFrames.MAX_PIECE + FragmentFrames.OVERHEAD);
      var reader = new FrameReader();
      reader.reset(piece, 0);
      if (reader.nextFrame() == FragmentFrames.BEGIN) {
        reassembly.begin(reader.readInt(), reader.readInt(), reader.sliceRest());
      } else {
        reassembly.part(reader.readInt(), reader.sliceRest());
      }
      var whole = reassembly.takeComplete();
      if (whole != null) {
        complete.add(whole);
      }
    }
    return complete;
  }

  @Test
  void whatWasCutIsWholeAgain() {
    var frames = new LargeFrames(10);
    int piece = FragmentFrames.MAX_PIECE;
    var first = bytes(40, 1);
    var second = bytes(3 * piece + 17, 2);
    frames.add(first, second, 7, 1);
    frames.add(bytes(5, 3), null, 7, 2);
    frames.add(bytes(piece, 4), bytes(piece, 5), 8, 3);
    frames.add(bytes(2 << 20, 6), null, 8, 4);
    assertThat(transfer(frames)).containsExactly(first.copy().appendBuffer(second), bytes(5, 3),
      bytes(piece, 4).appendBuffer(bytes(piece, 5)), bytes(2 << 20, 6));
    assertThat(frames.bytes()).isZero();
    assertThat(memory.used()).isZero();
  }

  @Test
  void anOrderIsHeldUntilItsLastFrameHasLeft() {
    var frames = new LargeFrames(10);
    assertThat(frames.holds(7)).isFalse();
    frames.add(bytes(100_000, 1), null, 7, 1);
    frames.add(bytes(10, 1), null, 7, 2);
    assertThat(frames.holds(7)).isTrue();
    assertThat(frames.holds(8)).isFalse();
    frames.appendNext(Buffer.buffer());
    frames.appendNext(Buffer.buffer());
    assertThat(frames.holds(7)).isTrue();
    frames.appendNext(Buffer.buffer());
    assertThat(frames.holds(7)).isFalse();
  }

  @Test
  void whatWaitsIsBoundedInBytesAndCount() {
    var frames = new LargeFrames(2);
    assertThat(frames.hasRoom(LargeFrames.MAX_BYTES + 1)).isTrue();
    frames.add(bytes(1_000, 1), null, 1, 1);
    assertThat(frames.hasRoom(LargeFrames.MAX_BYTES - 1_000)).isTrue();
    assertThat(frames.hasRoom(LargeFrames.MAX_BYTES - 999)).isFalse();
    frames.add(bytes(1_000, 1), null, 1, 2);
    assertThat(frames.hasRoom(1)).isFalse();
  }

  @Test
  void aFrameForWhichThereIsNoMemoryIsSkippedAndTheNextOneIsNot() {
    assertThat(memory.take(FragmentFrames.MAX_FRAME - 1_000)).isTrue();
    assertThat(reassembly.begin(1, 70_000, bytes(65_536, 1))).isFalse();
    reassembly.part(1, bytes(4_464, 1));
    assertThat(reassembly.takeComplete()).isNull();
    assertThat(reassembly.begin(2, 1_000, bytes(1_000, 1))).isTrue();
    assertThat(reassembly.takeComplete()).isEqualTo(bytes(1_000, 1));
    assertThat(memory.used()).isEqualTo(FragmentFrames.MAX_FRAME - 1_000);
  }

  @Test
  void whatDoesNotFitTogetherIsMalformed() {
    assertThatThrownBy(() -> reassembly.part(0, bytes(1, 1))).isInstanceOf(MalformedFrame.class);
    for (int length : new int[] {-1, 0, 9, 11, Integer.MIN_VALUE, Integer.MAX_VALUE,
      FragmentFrames.MAX_FRAME + 1}) {
      assertThatThrownBy(() -> reassembly.begin(1, length, bytes(10, 1)))
        .isInstanceOf(MalformedFrame.class);
    }
    reassembly.begin(1, 65_546, bytes(65_536, 1));
    assertThatThrownBy(() -> reassembly.part(2, bytes(10, 1))).isInstanceOf(MalformedFrame.class);
    for (int length : new int[] {0, 1, 9, 11}) {
      assertThatThrownBy(() -> reassembly.part(1, bytes(length, 1)))
        .isInstanceOf(MalformedFrame.class);
    }
    assertThat(memory.used()).isEqualTo(65_546);
    reassembly.reset();
    assertThat(memory.used()).isZero();
  }
}

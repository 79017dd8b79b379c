package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of conversations, as they are read again. */
class ConversationFramesTest {
  private static final long CORRELATION = 0x1234_5678_9abc_def0L;
  private static final Headers HEADERS = Headers.of(Map.of("unit", "metre"));

  private static FrameReader read(byte kind, Consumer<Buffer> append) {
    var batch = Buffer.buffer("before");
    append.accept(batch);
    var reader = new FrameReader();
    reader.reset(batch, 6);
    assertThat(reader.nextFrame()).isEqualTo(kind);
    assertThat(reader.readLong()).isEqualTo(CORRELATION);
    return reader;
  }

  private static void assertAllRead(FrameReader reader) {
    assertThat(reader.remaining()).isZero();
    assertThat(reader.nextFrame()).isZero();
  }

  @Test
  void cancelAndCredit() {
    assertAllRead(read(ConversationFrames.CANCEL,
      out -> ConversationFrames.appendCancel(out, CORRELATION)));
    var credit = read(ConversationFrames.CREDIT,
      out -> ConversationFrames.appendCredit(out, CORRELATION, 32, 1 << 19));
    assertThat(credit.readInt()).isEqualTo(32);
    assertThat(credit.readInt()).isEqualTo(1 << 19);
    assertAllRead(credit);
  }

  @Test
  void chunksAndTheirEnd() {
    for (var body : new Object[] {null, "text", 7, Buffer.buffer("bytes")}) {
      var chunk = read(ConversationFrames.CHUNK, out -> ConversationFrames.appendChunk(
        out, CORRELATION, 5, 77, Body.prepare(body)));
      assertThat(chunk.readInt()).isEqualTo(5);
      assertThat(chunk.readInt()).isEqualTo(77);
      assertThat(chunk.readBody()).isEqualTo(body);
      assertAllRead(chunk);
    }
    var end = read(ConversationFrames.END,
      out -> ConversationFrames.appendEnd(out, CORRELATION, 6));
    assertThat(end.readInt()).isEqualTo(6);
    assertAllRead(end);
  }

  @Test
  void questionsAnswersAndRefusals() {
    var question = read(ConversationFrames.QUESTION, out -> ConversationFrames.appendQuestion(
      out, CORRELATION, 2, 500, HEADERS, Body.prepare("which?")));
    assertThat(question.readInt()).isEqualTo(2);
    assertThat(question.readInt()).isEqualTo(500);
    assertThat(question.readUnsignedByte()).isEqualTo(Frames.WITH_HEADERS);
    assertThat(question.readHeaders().get("unit")).isEqualTo("metre");
    assertThat(question.readBody()).isEqualTo("which?");
    assertAllRead(question);

    var answer = read(ConversationFrames.ANSWER, out -> ConversationFrames.appendAnswer(
      out, CORRELATION, 2, Headers.NONE, Body.prepare(3)));
    assertThat(answer.readInt()).isEqualTo(2);
    assertThat(answer.readUnsignedByte()).isZero();
    assertThat(answer.readBody()).isEqualTo(3);
    assertAllRead(answer);

    var refusal = read(ConversationFrames.REFUSAL, out -> ConversationFrames.appendRefusal(
      out, CORRELATION, 2, FailureCode.DENIED, "no".repeat(10_000)));
    assertThat(refusal.readInt()).isEqualTo(2);
    assertThat(FailureCode.of(refusal.readUnsignedByte())).hasValue(FailureCode.DENIED);
    assertThat(refusal.readText()).hasSizeLessThan(5_000).startsWith("nono");
    assertAllRead(refusal);
  }

  @ParameterizedTest
  @EnumSource
  void aCallSaysHowItMayGoOn(CallMode mode) {
    var batch = Buffer.buffer();
    Frames.appendCall(batch, false, mode, 1, CORRELATION, 3, "key", HEADERS, "body");
    assertThat(CallMode.ofFlags(batch.getUnsignedByte(5))).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void anUnknownModeIsMalformed(int mode) {
    assertThatThrownBy(() -> CallMode.ofFlags(mode << Frames.MODE_SHIFT))
      .isInstanceOf(MalformedFrame.class);
  }
}

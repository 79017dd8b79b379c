package io.switchboard.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.switchboard.message.MalformedFrame;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 0", "63, 9223372036854775807, 1, 2147483647", "255, -1, -2147483648, -1"})
  void whatIsWrittenIsRead(int lane, long incarnation, int number, int confirmed) {
    var batch = BatchHeader.begin(256, lane, incarnation).appendString("frames");
    BatchHeader.complete(batch, number, confirmed);
    BatchHeader.check(batch);
    assertThat(batch.getInt(0)).isEqualTo(batch.length()).isEqualTo(BatchHeader.LENGTH + 6);
    assertThat(BatchHeader.fromLane(batch)).isEqualTo(lane);
    assertThat(BatchHeader.incarnation(batch)).isEqualTo(incarnation);
    assertThat(BatchHeader.number(batch)).isEqualTo(number);
    assertThat(BatchHeader.confirmed(batch)).isEqualTo(confirmed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 23})
  void tooShortIsNoBatch(int length) {
    var batch = BatchHeader.begin(24, 0, 1).getBuffer(0, length);
    assertThatExceptionOfType(MalformedFrame.class)
      .isThrownBy(() -> BatchHeader.check(batch));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void otherMagicOrVersionIsNoBatch(int position) {
    var batch = BatchHeader.begin(24, 0, 1);
    batch.setByte(position, (byte) 0x7F);
    assertThatExceptionOfType(MalformedFrame.class)
      .isThrownBy(() -> BatchHeader.check(batch));
  }

  @Test
  void theHandshakeIsForOneIncarnation() {
    var greeting = SocketHandshake.greeting(77);
    assertThat(greeting.length()).isEqualTo(SocketHandshake.LENGTH);
    assertThat(SocketHandshake.isFor(greeting, 77)).isTrue();
    assertThat(SocketHandshake.isFor(greeting, 78)).isFalse();
    for (int i = 0; i < SocketHandshake.LENGTH; i++) {
      var wrong = greeting.copy();
      wrong.setByte(i, (byte) ~wrong.getByte(i));
      assertThat(SocketHandshake.isFor(wrong, 77)).as("byte %d", i).isFalse();
    }
  }

  @Test
  void theAnswerIsTheMagicAlone() {
    assertThat(SocketHandshake.isAnswer(SocketHandshake.answer())).isTrue();
    assertThat(SocketHandshake.isAnswer(Buffer.buffer("HTTP"))).isFalse();
    assertThat(SocketHandshake.isAnswer(Buffer.buffer())).isFalse();
    assertThat(SocketHandshake.isAnswer(SocketHandshake.answer().appendByte((byte) 0)))
      .isFalse();
  }
}

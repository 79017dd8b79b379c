package io.switchboard.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the subscribers of one event share, and what each has for itself. */
class EventTest {
  private static Event event(Object body) {
    return Event.of("fx.eur", body, Headers.of(Map.of("from", "desk")));
  }

  static Stream<Object> changeable() {
    return Stream.of(Buffer.buffer("tick"), new JsonObject().put("bid", 1),
      new JsonArray().add(1), new byte[] {1, 2});
  }

  @ParameterizedTest
  @MethodSource("changeable")
  void oneOfManyGetsItsOwnBodyAndAlwaysTheSame(Object body) {
    var event = event(body);
    var first = event.forOneOfMany();
    var second = event.forOneOfMany();

    assertThat(first.body()).isEqualTo(body).isNotSameAs(body).isSameAs(first.body());
    assertThat(second.body()).isEqualTo(body).isNotSameAs(body).isNotSameAs(first.body());
  }

  @Test
  void whatOneChangesNobodyElseSees() {
    var event = event(Buffer.buffer("tick")).forOneOfMany();
    var early = event.forOneOfMany();
    ((Buffer) early.body()).setString(0, "TOCK").appendString("!");
    var late = event.forOneOfMany();

    assertThat(early.body()).isEqualTo(Buffer.buffer("TOCK!"));
    assertThat(late.body()).isEqualTo(Buffer.buffer("tick"));
    assertThat(event.after(3).body()).isEqualTo(Buffer.buffer("tick"));
  }

  @Test
  void whatCannotBeChangedIsShared() {
    var event = event("tick");

    assertThat(event.forOneOfMany()).isSameAs(event).isSameAs(event.kept());
    assertThat(event(null).forOneOfMany().body()).isNull();
  }

  @Test
  void theOnlySubscriberGetsTheBodyThatCame() {
    var body = Buffer.buffer("tick");

    assertThat(event(body).body()).isSameAs(body);
  }

  @Test
  void keptIsWhatThePublisherCannotChange() {
    var body = Buffer.buffer("tick");
    var kept = event(body).kept();
    body.setString(0, "TOCK");

    assertThat(kept.body()).isEqualTo(Buffer.buffer("tick"));
  }

  @Test
  void bytesAreSharedAndCanOnlyBeRead() {
    var event = event(Buffer.buffer("tick"));
    var first = event.forOneOfMany();
    var second = event.forOneOfMany();
    first.bytes().position(2);
    ((Buffer) first.body()).setString(0, "TOCK");

    assertThat(first.bytes().isReadOnly()).isTrue();
    assertThat(first.bytes()).isEqualTo(ByteBuffer.wrap("tick".getBytes(UTF_8)));
    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(event(new byte[] {1, 2}).bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
  }

  @Test
  void bytesOfABodyThatMayChangeAreThoseOfNow() {
    var body = Buffer.buffer("tick");
    var event = event(body);
    var before = event.bytes();
    body.setString(0, "TOCK");

    assertThat(before).isEqualTo(ByteBuffer.wrap("tick".getBytes(UTF_8)));
    assertThat(event.bytes()).isEqualTo(ByteBuffer.wrap("TOCK".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "tick")
  void bytesOfABodyThatIsNoneAreRefused(Object body) {
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> event(body).bytes())
      .matches(refusal -> refusal.code() == FailureCode.BAD_REQUEST);
  }

  @Test
  void keyHeadersAndGapComeAlong() {
    var behindGap = event(Buffer.buffer("tick")).after(7).forOneOfMany();

    assertThat(behindGap.key()).isEqualTo("fx.eur");
    assertThat(behindGap.headers().get("from")).isEqualTo("desk");
    assertThat(behindGap.lost()).isEqualTo(7);
    assertThat(behindGap.isRetained()).isFalse();
    assertThat(behindGap.asRetained().isRetained()).isTrue();
    assertThat(behindGap.asRetained().lost()).isZero();
    assertThat(event(null).isCleared()).isTrue();
  }
}

package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodyTest {
  static List<Object> bodiesThatCannotTravel() {
    return List.of(new Object(), List.of("a"), BigDecimal.ONE, new AtomicInteger(1),
      new StringBuilder("a"), new int[] {1}, new JsonObject().put("a", new Object()));
  }

  @ParameterizedTest
  @MethodSource("bodiesThatCannotTravel")
  void whatCannotTravelIsRefusedToTheSameProcessAndToAnother(Object body) {
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> Body.copyForReceiver(body))
      .extracting(SwitchboardException::code).isEqualTo(FailureCode.BAD_REQUEST);
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> Body.prepare(body))
      .extracting(SwitchboardException::code).isEqualTo(FailureCode.BAD_REQUEST);
  }

  @Test
  void theReceiversChangesDoNotReachTheSender() {
    var sent = new JsonObject().put("list", new JsonArray().add(1));
    var received = (JsonObject) Body.copyForReceiver(sent);
    received.getJsonArray("list").add(2);
    assertThat(sent.getJsonArray("list")).hasSize(1);
  }

  @Test
  void aMessageGivesItsBodyAsWhatItIs() {
    var message = new Message("text", Headers.NONE) { };
    assertThat(message.text()).isEqualTo("text");
    assertThatExceptionOfType(SwitchboardException.class).isThrownBy(message::json)
      .withMessage("the body is a String, not a JsonObject");
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(new Message(null, Headers.NONE) { }::array)
      .withMessage("the body is null, not a JsonArray");
  }
}

package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Headers;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusFrameTest {
  @Test
  void readsWhatTheClientSends() {
    assertThat(BusFrame.parse("{\"type\":\"ping\"}")).isEqualTo(new BusFrame.Ping());
    assertThat(BusFrame.parse("""
      {"type":"send","address":"time","headers":{"n":5},"body":{"a":1},"replyAddress":"r"}"""))
      .isEqualTo(new BusFrame.Send("time", new JsonObject().put("a", 1),
        Headers.of(Map.of("n", "5")), "r"));
    assertThat(BusFrame.parse("{\"type\":\"send\",\"address\":\"time\"}"))
      .isEqualTo(new BusFrame.Send("time", null, Headers.NONE, null));
    assertThat(BusFrame.parse("""
      {"type":"publish","address":"p","headers":{"key":"a.b","none":null},"body":"x"}"""))
      .isEqualTo(new BusFrame.Publish("p", "x", Headers.of(Map.of("key", "a.b"))));
    assertThat(BusFrame.parse("{\"type\":\"register\",\"address\":\"p/#\",\"headers\":{}}"))
      .isEqualTo(new BusFrame.Register("p/#"));
    assertThat(BusFrame.parse("{\"type\":\"unregister\",\"address\":\"p/#\"}"))
      .isEqualTo(new BusFrame.Unregister("p/#"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{                                                | INVALID_JSON",
    "[]                                               | INVALID_JSON",
    "{\"type\":5}                                     | MISSING_ADDRESS",
    "{\"type\":\"send\",\"address\":\"a\",\"headers\":1} | INVALID_JSON",
    "{\"type\":\"send\",\"address\":\"a\",\"body\":123456789012345678901} | INVALID_JSON",
    "{}                                               | MISSING_TYPE",
    "{\"type\":\"send\"}                              | MISSING_ADDRESS",
    "{\"type\":\"sing\",\"address\":\"a\"}            | INVALID_TYPE"})
  void namesWhatIsWrong(String text, String failureType) {
    assertInvalid(text, failureType);
  }

  @Test
  void boundsWhatItKeeps() {
    assertInvalid("{\"type\":\"register\",\"address\":\"" + "a".repeat(401) + "\"}",
      "ADDRESS_MAX_LENGTH");
    assertInvalid("{\"type\":\"send\",\"address\":\"a\",\"replyAddress\":\""
      + "r".repeat(37) + "\"}", "INVALID_REPLY_ADDRESS");
    var headers = new JsonObject();
    for (int i = 0; i <= Headers.MAX_COUNT; i++) {
      headers.put("h" + i, "x");
    }
    assertInvalid(new JsonObject().put("type", "send").put("address", "a")
      .put("headers", headers).encode(), "HEADERS_MAX_LIMIT");
  }

  @Test
  void readsWhereToListen() {
    assertThat(BusAddress.parse("prices/fx.*"))
      .isEqualTo(new BusAddress("prices/fx.*", "prices", "fx.*"));
    assertThat(BusAddress.parse("prices")).isEqualTo(new BusAddress("prices", "prices", "#"));
  }

  private static void assertInvalid(String text, String failureType) {
    assertThat(BusFrame.parse(text)).isInstanceOfSatisfying(BusFrame.Invalid.class,
      invalid -> assertThat(invalid.failureType()).isEqualTo(failureType));
  }
}

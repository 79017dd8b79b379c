package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodyFormatTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  static Stream<Arguments> bodies() {
    var object = new JsonObject().put("a", 1);
    return Stream.of(
      arguments("application/json", "{\"a\":1}", object),
      arguments("Application/JSON; charset=utf-8", "{\"a\":1}", object),
      arguments("application/vnd.x+json", "[1]", new JsonArray().add(1)),
      arguments("application/json", "5", 5),
      arguments("application/json", " \"x\" ", "x"),
      arguments("application/json", "null", null),
      arguments("application/json", "true", true),
      arguments("application/json", "1.5", 1.5),
      arguments("text/plain", "{\"a\":1}", "{\"a\":1}"),
      arguments("text/csv", "", ""),
      arguments(FORM, "{\"a\":1}", object),
      arguments(FORM, " \n[1]", new JsonArray().add(1)),
      arguments(FORM, "a=1", Buffer.buffer("a=1")),
      arguments(FORM, "5", Buffer.buffer("5")),
      arguments(FORM, "{broken", Buffer.buffer("{broken")),
      arguments(null, "{\"a\":1}", object),
      arguments(null, "plain", Buffer.buffer("plain")),
      arguments(null, "", null),
      arguments(FORM, "", null),
      arguments("application/octet-stream", "{\"a\":1}", Buffer.buffer("{\"a\":1}")),
      arguments("application/octet-stream", "", Buffer.buffer()),
      arguments("image/png", "x", Buffer.buffer("x")));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isReadByItsContentType(String type, String bytes, Object expected) {
    assertThat(BodyFormat.read(type, Buffer.buffer(bytes))).isEqualTo(expected);
  }

  @Test
  void textIsReadInItsCharset() {
    var latin = Buffer.buffer("é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(BodyFormat.read("text/plain; charset=\"ISO-8859-1\"", latin)).isEqualTo("é");
    refuses("text/plain", latin, "not UTF-8");
    refuses("text/plain; charset=klingon", latin, "klingon");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"a\":1,      | line 1, column",
    "{'a':1}        | line 1, column 2",
    "{\"a\":1} x    | line 1, column 9"})
  void badJsonSaysWhere(String json, String where) {
    refuses("application/json", Buffer.buffer(json), where);
  }

  @Test
  void noBytesAreNoJson() {
    refuses("application/json", Buffer.buffer(), "not JSON");
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    refuses("application/json", Buffer.buffer("[".repeat(100_000)), "nesting");
  }

  static Stream<Arguments> answers() {
    return Stream.of(
      arguments(new JsonObject().put("a", 1), "application/json", "{\"a\":1}"),
      arguments(new JsonArray().add(1), "application/json", "[1]"),
      arguments(5, "application/json", "5"),
      arguments(1.5, "application/json", "1.5"),
      arguments(false, "application/json", "false"),
      arguments("é", "text/plain; charset=utf-8", "é"),
      arguments('c', "text/plain; charset=utf-8", "c"),
      arguments(Buffer.buffer("b"), "application/octet-stream", "b"),
      arguments(new byte[] {98}, "application/octet-stream", "b"),
      arguments(null, null, ""));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersTheSameWayBack(Object body, String type, String bytes) {
    assertThat(BodyFormat.typeOf(body)).isEqualTo(type);
    assertThat(BodyFormat.write(body).toString()).isEqualTo(bytes);
  }

  private static void refuses(String type, Buffer bytes, String why) {
    assertThatThrownBy(() -> BodyFormat.read(type, bytes))
      .isInstanceOfSatisfying(SwitchboardException.class,
        refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.BAD_REQUEST))
      .hasMessageContaining(why);
  }
}

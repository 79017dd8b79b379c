package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionTest {
  private static final Option<Integer> NUMBER = Option.number("n", 1, 0, 100, "");
  private static final Option<Boolean> FLAG = Option.flag("f", false, "");
  private static final Option<Duration> DURATION =
    Option.duration("d", Duration.ofSeconds(1), "");
  private static final Option<Integer> SIZE = Option.size("s", 1, "");
  private static final Option<List<String>> LIST = Option.list("l", List.of(), "");
  private static final Option<Colour> CHOICE = Option.choice("c", Colour.DARK_RED, "");
  private static final Option<JsonObject> OBJECT = Option.object("o", "");
  private static final Option<String> TEXT = Option.text("t", "", "");

  private enum Colour { DARK_RED, BLUE }

  static List<Arguments> readable() {
    return List.of(
      Arguments.of(TEXT, "words", "words"),
      Arguments.of(TEXT, 5, "5"),
      Arguments.of(NUMBER, 0, 0),
      Arguments.of(NUMBER, 100, 100),
      Arguments.of(NUMBER, " 7 ", 7),
      Arguments.of(NUMBER, 7.0, 7),
      Arguments.of(FLAG, true, true),
      Arguments.of(FLAG, "TRUE", true),
      Arguments.of(FLAG, "false", false),
      Arguments.of(DURATION, 250, Duration.ofMillis(250)),
      Arguments.of(DURATION, "250ms", Duration.ofMillis(250)),
      Arguments.of(DURATION, "10s", Duration.ofSeconds(10)),
      Arguments.of(DURATION, "5 m", Duration.ofMinutes(5)),
      Arguments.of(DURATION, "1h", Duration.ofHours(1)),
      Arguments.of(DURATION, "365d", Duration.ofDays(365)),
      Arguments.of(SIZE, 17, 17),
      Arguments.of(SIZE, "64KiB", 65_536),
      Arguments.of(SIZE, "1MiB", 1_048_576),
      Arguments.of(SIZE, "1 GiB", 1_073_741_824),
      Arguments.of(LIST, "a, b,,c", List.of("a", "b", "c")),
      Arguments.of(LIST, new JsonArray().add("a").add(5), List.of("a", "5")),
      Arguments.of(LIST, "", List.of()),
      Arguments.of(CHOICE, "dark-red", Colour.DARK_RED),
      Arguments.of(CHOICE, "blue", Colour.BLUE),
      Arguments.of(OBJECT, new JsonObject().put("a", 1), new JsonObject().put("a", 1)));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void reads(Option<?> option, Object value, Object expected) {
    assertThat(option.parser().apply(value)).isEqualTo(expected);
  }

  static List<Arguments> unreadable() {
    return List.of(
      Arguments.of(NUMBER, -1, "must be between 0 and 100, is -1"),
      Arguments.of(NUMBER, "101", "must be between 0 and 100, is 101"),
      Arguments.of(NUMBER, 1.5, "is not a whole number: '1.5'"),
      Arguments.of(NUMBER, "many", "is not a whole number: 'many'"),
      Arguments.of(NUMBER, 1L << 40, "is not a whole number: '1099511627776'"),
      Arguments.of(FLAG, "yes", "must be true or false, is 'yes'"),
      Arguments.of(DURATION, "soon", "is not a duration such as 250ms, 10s or 5m: 'soon'"),
      Arguments.of(DURATION, "-5s", "is not a duration such as 250ms, 10s or 5m: '-5s'"),
      Arguments.of(DURATION, "0s", "must be between 1ms and 365d, is '0s'"),
      Arguments.of(DURATION, "366d", "must be between 1ms and 365d, is '366d'"),
      Arguments.of(SIZE, "1MB", "is not a size such as 64KiB or 1MiB: '1MB'"),
      Arguments.of(SIZE, 0, "must be between 1 byte and 2GiB, is '0'"),
      Arguments.of(SIZE, "2GiB", "must be between 1 byte and 2GiB, is '2GiB'"),
      Arguments.of(CHOICE, "bleu", "is 'bleu'; did you mean 'blue'?"),
      Arguments.of(OBJECT, "text", "must be an object, is 'text'"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void refuses(Option<?> option, Object value, String message) {
    assertThatThrownBy(() -> option.parser().apply(value))
      .isInstanceOf(InvalidOption.class).hasMessage(message);
  }

  @Test
  void saysItsTypeInWords() {
    assertThat(NUMBER.type()).isEqualTo("number 0-100");
    assertThat(CHOICE.type()).isEqualTo("dark-red | blue");
  }
}

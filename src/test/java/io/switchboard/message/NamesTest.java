package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "time", "A-Z_0.9", "-", "..", "0"})
  void aName(String text) {
    assertThat(Names.isName(text)).isTrue();
    assertThat(Names.requireName(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"a b", "a/b", "é", "a\n", "*", "a:b", "a\0"})
  void noName(String text) {
    assertThat(Names.isName(text)).isFalse();
    assertRefused(Names::requireName, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "fx.eur.usd", "A-1._._-", "-"})
  void aRoutingKeyIsAlsoAPattern(String text) {
    assertThat(Names.requireRoutingKey(text)).isEqualTo(text);
    assertThat(Names.requirePattern(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "#", "fx.*", "#.usd", "*.#.*", "a.#.#"})
  void aPatternThatIsNoRoutingKey(String text) {
    assertThat(Names.requirePattern(text)).isEqualTo(text);
    assertRefused(Names::requireRoutingKey, text);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {".", "a.", ".a", "a..b", "a b", "a.b\n", "ü", "a*", "#a", "**", "a/b"})
  void neitherRoutingKeyNorPattern(String text) {
    assertRefused(Names::requireRoutingKey, text);
    assertRefused(Names::requirePattern, text);
  }

  @Test
  void lengths() {
    assertThat(Names.isName("n".repeat(120))).isTrue();
    assertThat(Names.isName("n".repeat(121))).isFalse();
    assertThat(Names.requireRoutingKey("k".repeat(255))).hasSize(255);
    assertRefused(Names::requireRoutingKey, "k".repeat(256));
    assertThat(Names.requirePattern("*." + "k".repeat(253))).hasSize(255);
    assertRefused(Names::requirePattern, "*." + "k".repeat(254));
    assertThat(Names.requireRoutingKey("k.".repeat(127) + "k")).hasSize(255);
    assertThat(Names.requirePattern("#.".repeat(127) + "#")).hasSize(255);
  }

  @Test
  void aKeyIsAnyTextOfUpTo255Characters() {
    assertThat(Names.requireKey(null)).isNull();
    assertThat(Names.requireKey("")).isEmpty();
    assertThat(Names.requireKey("user 7 / ü *")).isEqualTo("user 7 / ü *");
    assertThat(Names.requireKey("k".repeat(255))).hasSize(255);
    assertRefused(Names::requireKey, "k".repeat(256));
  }

  @Test
  void aRefusalShowsTheNameAndTheGrammar() {
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> Names.requireName("my exchange"))
      .withMessage("'my exchange' is no name: 1 to 120 of A-Z a-z 0-9 . _ -");
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> Names.requireName("!".repeat(100_000)))
      .satisfies(refusal -> assertThat(refusal.getMessage().length()).isLessThan(250));
  }

  private static void assertRefused(UnaryOperator<String> require, String text) {
    assertThatExceptionOfType(SwitchboardException.class)
      .isThrownBy(() -> require.apply(text))
      .extracting(SwitchboardException::code).isEqualTo(FailureCode.BAD_REQUEST);
  }
}

package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
  @Test
  void asManyAsTheBoundAndNotOneMore() {
    var most = new LinkedHashMap<String, String>();
    for (int i = 0; i < Headers.MAX_COUNT; i++) {
      most.put("name" + i, "value");
    }
    var headers = Headers.of(most);
    assertThat(headers.names()).hasSize(64);
    assertThat(headers.with("name0", "another").get("name0")).isEqualTo("another");
    assertTooLarge(() -> headers.with("one more", "value"));
  }

  @Test
  void asLongAsTheBoundAndNotOneCharacterMore() {
    var longest = "v".repeat(Headers.MAX_CHARACTERS - 1);
    assertThat(Headers.of(Map.of("n", longest)).get("n")).isEqualTo(longest);
    assertTooLarge(() -> Headers.of(Map.of("n", longest + "v")));
    assertTooLarge(() -> Headers.of(Map.of("n", longest)).with("m", ""));
  }

  @Test
  void theyKeepTheirOrderAndTheirCase() {
    var headers = Headers.NONE.with("b", "1").with("a", "2").with("B", "3").with("b", "4");
    assertThat(headers.asMap()).containsExactly(
      Map.entry("b", "4"), Map.entry("a", "2"), Map.entry("B", "3"));
    assertThat(headers.get("absent")).isNull();
  }

  @Test
  void nothingChangesThem() {
    var given = new LinkedHashMap<>(Map.of("a", "1"));
    var headers = Headers.of(given);
    given.put("b", "2");
    assertThat(headers.with("c", "3")).isNotEqualTo(headers);
    assertThat(headers.names()).containsExactly("a");
    assertThatExceptionOfType(UnsupportedOperationException.class)
      .isThrownBy(() -> headers.names().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
      .isThrownBy(() -> headers.asMap().put("b", "2"));
  }

  @Test
  void noneIsOne() {
    assertThat(Headers.of(Map.of())).isSameAs(Headers.NONE);
    assertThat(Headers.NONE.isEmpty()).isTrue();
  }

  private static void assertTooLarge(Runnable attempt) {
    assertThatExceptionOfType(SwitchboardException.class).isThrownBy(attempt::run)
      .extracting(SwitchboardException::code).isEqualTo(FailureCode.TOO_LARGE);
  }
}

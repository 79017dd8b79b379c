package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OptionSetTest {
  private static final Option<Integer> PORT = Option.number("port", 8080, 0, 65_535, "");
  private static final Option<String> TOKEN = Option.text("token", "none", "");
  private static final OptionSet HTTP = new OptionSet("http", PORT, TOKEN);

  @Test
  void givesWhatIsThereAndDefaultsElsewhere() {
    var values = HTTP.read(new JsonObject().put("port", 1).putNull("token"));
    assertThat(values.get(PORT)).isEqualTo(1);
    assertThat(values.get(TOKEN)).isEqualTo("none");
    assertThat(HTTP.options()).containsExactly(PORT, TOKEN);
  }

  @Test
  void refusesAnUnknownKeyWithTheNearestOne() {
    assertThatThrownBy(() -> HTTP.read(new JsonObject().put("prot", 1)))
      .isInstanceOf(InvalidOption.class)
      .hasMessage("http.prot: unknown key; did you mean 'port'?");
  }

  @Test
  void namesTheKeyOfAValueThatCannotBeUsed() {
    var values = HTTP.read(new JsonObject().put("port", 70_000));
    assertThatThrownBy(() -> values.get(PORT)).isInstanceOf(InvalidOption.class)
      .hasMessage("http.port: must be between 0 and 65535, is 70000");
  }

  @Test
  void namesThePathThatASharedSetWasReadAt() {
    assertThatThrownBy(() -> HTTP.read(new JsonObject().put("x", 1), "servers.a"))
      .hasMessageStartingWith("servers.a.x: unknown key");
  }

  @Test
  void doesNotAnswerForOptionsOfOtherSets() {
    var values = HTTP.read(new JsonObject());
    assertThatThrownBy(() -> values.get(Option.number("port", 1, 0, 2, "")))
      .isInstanceOf(IllegalArgumentException.class).hasMessage("port is not of this set");
  }
}

package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.options.InvalidOption;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class BridgeOptionsTest {
  @Test
  void permitsNothingByDefault() {
    var options = BridgeOptions.from(new JsonObject());
    assertThat(options.permitInbound()).isEmpty();
    assertThat(options.permitOutbound()).isEmpty();
  }

  @Test
  void readsPermittedAddresses() {
    var options = BridgeOptions.from(new JsonObject().put("permit", new JsonObject()
      .put("inbound", new JsonArray().add("plain.ping").add("plain.sink"))
      .put("outbound", "plain.news")));
    assertThat(options.permitInbound()).containsExactlyInAnyOrder("plain.ping", "plain.sink");
    assertThat(options.permitOutbound()).containsExactly("plain.news");
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertThatThrownBy(() -> BridgeOptions.from(
      new JsonObject().put("permit", new JsonObject().put("inbond", "a"))))
      .isInstanceOf(InvalidOption.class)
      .hasMessageContaining("bridge.permit.inbond").hasMessageContaining("'inbound'");
    assertThatThrownBy(() -> HttpOptions.from(new JsonObject().put("prot", 1)))
      .isInstanceOf(InvalidOption.class)
      .hasMessageContaining("http.prot").hasMessageContaining("'port'");
  }

  @Test
  void hasTheDocumentedDefaults() {
    var options = HttpOptions.from(new JsonObject());
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.bodyLimit()).isEqualTo(1_048_576);
    assertThat(options.maxConnections()).isEqualTo(10_000);
    assertThat(options.token()).isEmpty();
  }

  @Test
  void doesNotShowTheToken() {
    assertThat(HttpOptions.from(new JsonObject().put("token", "secret")).toString())
      .doesNotContain("secret");
  }
}

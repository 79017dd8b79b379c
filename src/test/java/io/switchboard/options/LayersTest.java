package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {
  static final List<OptionSet> SECTIONS = List.of(
    new OptionSet("", Option.text("name", "", ""), Option.object("http", ""),
      Option.object("bridge", ""), Option.object("exchanges", "")),
    new OptionSet("http", Option.number("port", 8080, 0, 65_535, ""),
      Option.size("bodyLimit", 1, ""), Option.list("allowedHosts", List.of(), "")),
    new OptionSet("bridge", Option.object("permit", "")),
    new OptionSet("bridge.permit", Option.list("inbound", List.of(), "")));

  private final Layers layers = new Layers(SECTIONS);

  @Test
  void whatIsAddedLaterWins() {
    layers.add("file", new JsonObject("""
        {"name": "a", "http": {"port": 1, "bodyLimit": "1KiB", "allowedHosts": ["x", "y"]}}"""))
      .environment(Map.of("SWITCHBOARD_HTTP_PORT", "2", "SWITCHBOARD_NAME", "b"))
      .set("--http-port", "http.port", "3")
      .set("--set", "http.allowedHosts", "z");
    assertThat(layers.merged()).isEqualTo(new JsonObject("""
      {"name": "b", "http": {"port": "3", "bodyLimit": "1KiB", "allowedHosts": "z"}}"""));
  }

  @Test
  void nothingGivenIsNothingSaid() {
    layers.add("file", new JsonObject("{\"name\": null, \"http\": {\"port\": null}}"));
    assertThat(layers.merged()).isEqualTo(new JsonObject("{\"http\": {}}"));
  }

  @Test
  void belowAFreeKeyTheUserChooses() {
    layers.add("file", new JsonObject("{\"exchanges\": {\"prices\": {\"kind\": \"topic\"}}}"))
      .set("--set", "exchanges.orders.kind", "request")
      .set("--set", "exchanges.orders.prefetch", "16")
      .set("--set", "exchanges.prices.localFirst", "true");
    assertThat(layers.merged()).isEqualTo(new JsonObject("""
      {"exchanges": {"prices": {"kind": "topic", "localFirst": true},
        "orders": {"kind": "request", "prefetch": 16}}}"""));
  }

  @Test
  void listsAndObjectsMayBeJson() {
    layers.set("--set", "http.allowedHosts", "[\"a\", \"b\"]")
      .set("--set", "exchanges", "{\"a.b\": {\"kind\": \"topic\"}}");
    assertThat(layers.merged().getJsonObject("http").getJsonArray("allowedHosts"))
      .isEqualTo(new JsonArray().add("a").add("b"));
    assertThat(layers.merged().getJsonObject("exchanges").fieldNames()).containsExactly("a.b");
  }

  @Test
  void textStaysText() {
    layers.set("--name", "name", "1.10").set("--set", "http.port", "08");
    assertThat(layers.merged().getValue("name")).isEqualTo("1.10");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "http.prot | 1 | 'http.prot' is no known key; did you mean 'http.port'?",
    "naem | x | 'naem' is no known key; did you mean 'name'?",
    "http | 1 | 'http' is a section; set one of its keys: http.port, http.bodyLimit, "
      + "http.allowedHosts",
    "zebra | 1 | 'zebra' is no known key; known: bridge.permit.inbound, exchanges, "
      + "http.allowedHosts, http.bodyLimit, http.port, name",
    "http.port.x | 1 | 'http.port.x' is no known key; did you mean 'http.port'?",
    "http.port | x | http.port: is not a whole number: 'x'",
    "http.bodyLimit | 5MB | http.bodyLimit: is not a size such as 64KiB or 1MiB: '5MB'"})
  void refusesAndNamesTheFlag(String path, String value, String message) {
    assertThatThrownBy(() -> layers.set("--set", path, value))
      .isInstanceOf(InvalidOption.class).hasMessage("--set: " + message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"naem\": 1} | naem: unknown key; did you mean 'name'?",
    "{\"http\": {\"prot\": 1}} | http.prot: unknown key; did you mean 'port'?",
    "{\"http\": {\"port\": 70000}} | http.port: must be between 0 and 65535, is 70000",
    "{\"http\": 5} | http: is a section with keys of its own, not '5'",
    "{\"bridge\": {\"permit\": [\"a\"]}} | "
      + "bridge.permit: is a section with keys of its own, not '[\"a\"]'",
    "{\"exchanges\": [\"a\"]} | exchanges: must be an object, is '[\"a\"]'"})
  void refusesAndNamesTheFile(String document, String message) {
    assertThatThrownBy(() -> layers.add("conf.yaml", new JsonObject(document)))
      .isInstanceOf(InvalidOption.class).hasMessage("conf.yaml: " + message);
    assertThat(layers.merged()).isEqualTo(new JsonObject());
  }

  @Test
  void knowsWhatCanBeSet() {
    assertThat(layers.knows("http.port")).isTrue();
    assertThat(layers.knows("exchanges.any.thing")).isTrue();
    assertThat(layers.knows("http")).isFalse();
    assertThat(layers.knows("http.nothing")).isFalse();
  }
}

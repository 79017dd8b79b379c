package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {
  @TempDir
  private Path folder;

  @Test
  void readsWhatYamlSays() {
    assertThat(YamlFile.parse("f", """
      # a node
      name: alpha
      http:
        port: 8080
        enabled: true
      bridge:
        permit: {inbound: [a, b]}
      trunk:
      """)).isEqualTo(new JsonObject("""
        {"name": "alpha", "http": {"port": 8080, "enabled": true},
          "bridge": {"permit": {"inbound": ["a", "b"]}}, "trunk": null}"""));
    assertThat(YamlFile.parse("f", "")).isEqualTo(new JsonObject());
    assertThat(YamlFile.parse("f", "# nothing\n")).isEqualTo(new JsonObject());
  }

  static List<Arguments> broken() {
    return List.of(
      Arguments.of("a: b: c", "f:1: mapping values are not allowed here"),
      Arguments.of("name: a\nhttp:\n\tport: 1", "f:3: found character '\\t(TAB)'"),
      Arguments.of("name: a\nname: b", "f:2: found duplicate key name"),
      Arguments.of("a: [1, 2", "f:1: expected ',' or ']'"),
      Arguments.of("a: 1\n---\nb: 2", "f:2: but found another document"),
      Arguments.of("- a\n- b", "f: must hold keys and values such as 'name: alpha'"),
      Arguments.of("just words", "f: must hold keys and values"),
      Arguments.of("1: a", "f: the key 1 is not read as text; put it in quotes"),
      Arguments.of("http:\n  on: a", "f: the key http.true is not read as text"),
      Arguments.of("name: 2026-01-01", "f: name: is read as Date; put the text in quotes"),
      Arguments.of("a: !!java.net.URL [x]", "f:1: Global tag is not allowed"),
      Arguments.of("a: &x [*x]", "nested too deep"),
      Arguments.of("a: " + "[".repeat(100), "f: Nesting Depth exceeded max 32"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void tellsTheLineOfAMistakeInOneLine(String text, String message) {
    assertThatThrownBy(() -> YamlFile.parse("f", text)).isInstanceOf(InvalidOption.class)
      .hasMessageContaining(message).message().doesNotContain("\n");
  }

  @Test
  void anAbsentFileIsEmpty() {
    assertThat(YamlFile.read(folder.resolve("none.yaml"))).isEmpty();
  }

  @Test
  void readsAFile() throws IOException {
    var file = Files.writeString(folder.resolve("a.yaml"), "name: ä\n");
    assertThat(YamlFile.read(file)).contains(new JsonObject().put("name", "ä"));
  }

  @Test
  void refusesWhatIsNoTextFileOfReasonableSize() throws IOException {
    var latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> YamlFile.read(latin)).hasMessage(latin + ": is not UTF-8 text");
    var large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> YamlFile.read(large))
      .hasMessage(large + ": is larger than 1 MiB; is it the right file?");
    assertThatThrownBy(() -> YamlFile.read(folder))
      .hasMessage(folder + ": is a directory, not a file");
  }
}

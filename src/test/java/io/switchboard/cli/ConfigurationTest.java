package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.node.NodeOptions;
import io.switchboard.options.InvalidOption;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigurationTest {
  private static final String HOME = "switchboard.home";

  @TempDir
  private Path folder;

  @AfterEach
  void forgetHome() {
    System.clearProperty(HOME);
  }

  @Test
  void flagBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
    var file = Files.writeString(folder.resolve("a.yaml"), """
      name: file
      drainLimit: 1s
      cluster: {name: file, join: [127.0.0.1:1]}
      http: {port: 1, bodyLimit: 1KiB}
      """);
    var options = NodeOptions.from(read(file, Map.of("SWITCHBOARD_NAME", "environment",
      "SWITCHBOARD_HTTP_PORT", "2", "SWITCHBOARD_HTTP_BODY_LIMIT", "2KiB"),
      "--name", "flag", "--http-port", "3", "--join", "127.0.0.1:2,127.0.0.1:3"));
    assertThat(options.name()).isEqualTo("flag");
    assertThat(options.http().port()).isEqualTo(3);
    assertThat(options.http().bodyLimit()).isEqualTo(2_048);
    assertThat(options.cluster().name()).isEqualTo("file");
    assertThat(options.cluster().join()).containsExactly("127.0.0.1:2", "127.0.0.1:3");
    assertThat(options.drainLimit()).hasSeconds(1);
    assertThat(options.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void everyFlagSetsItsKey() {
    var configuration = read(empty(), Map.of(), "--name", "n", "--host", "h", "--http-port", "1",
      "--cluster-port", "2", "--join", "j", "--advertise", "a", "--cluster", "c", "--verticles",
      "v", "--set", "exchanges.x.kind=topic", "--set", "http.token=t");
    assertThat(configuration).isEqualTo(new JsonObject("""
      {"name": "n", "host": "h", "advertise": "a",
        "cluster": {"port": "2", "join": "j", "name": "c"}, "verticles": {"directory": "v"},
        "http": {"port": "1", "token": "t"}, "exchanges": {"x": {"kind": "topic"}}}"""));
  }

  @Test
  void directoriesCountFromTheHomeAndThoseOfFlagsFromHere() throws IOException {
    System.setProperty(HOME, folder.toString());
    assertThat(directory(read(empty(), Map.of()))).isEqualTo(path("verticles"));
    var file = Files.writeString(folder.resolve("a.yaml"), "verticles: {directory: mine}");
    assertThat(directory(read(file, Map.of()))).isEqualTo(path("mine"));
    assertThat(directory(read(file, Map.of(), "--verticles", "here"))).isEqualTo("here");
    assertThat(directory(read(file, Map.of("SWITCHBOARD_VERTICLES_DIRECTORY", "env"))))
      .isEqualTo(path("env"));
  }

  @Test
  void theDefaultFileIsTheHomesAndMayBeAbsent() throws IOException {
    System.setProperty(HOME, folder.toString());
    assertThat(read(null, Map.of()).containsKey("name")).isFalse();
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/switchboard.yaml"), "name: from-home");
    assertThat(read(null, Map.of()).getString("name")).isEqualTo("from-home");
  }

  @Test
  void aRefusalNamesItsSource() throws IOException {
    var file = Files.writeString(folder.resolve("a.yaml"), "http: {prot: 1}");
    assertThatThrownBy(() -> read(file, Map.of())).isInstanceOf(InvalidOption.class)
      .hasMessage(file + ": http.prot: unknown key; did you mean 'port'?");
    assertThatThrownBy(() -> read(empty(), Map.of("SWITCHBOARD_HTTP_PORT", "x")))
      .hasMessage("SWITCHBOARD_HTTP_PORT: http.port: is not a whole number: 'x'");
  }

  @Test
  void theSampleFileIsValidAndKeepsTheSteppingOfPorts() {
    var options = NodeOptions.from(read(Path.of("conf/switchboard.yaml"), Map.of()));
    assertThat(options.fixedHttpPort()).isFalse();
    assertThat(options.cluster().fixedPort()).isFalse();
    assertThat(options.bridge().permitInbound()).contains("plain.ping", "plain.sink");
    assertThat(options.exchanges()).extracting(each -> each.name()).containsExactly("prices");
  }

  @Test
  void whatTheSampleFileCommentsOutIsValidToo() throws IOException {
    var text = Files.readString(Path.of("conf/switchboard.yaml"))
      .replaceAll("(?m)^( *)# ([a-z][a-zA-Z]*: ?\\S)", "$1$2");
    var file = Files.writeString(folder.resolve("all.yaml"), text);
    var configuration = read(file, Map.of());
    assertThat(configuration.getJsonObject("http").containsKey("idleTimeout")).isTrue();
    assertThat(configuration.getJsonObject("cluster").getValue("join"))
      .isInstanceOf(JsonArray.class);
    assertThat(NodeOptions.from(configuration).exchanges()).hasSize(2);
  }

  private static JsonObject read(Path file, Map<String, String> environment, String... flags) {
    var run = new RunFlags();
    new CommandLine(run).parseArgs(flags);
    return Configuration.read(NodeOptions.SECTIONS, file, environment, run);
  }

  private Path empty() {
    try {
      return Files.writeString(folder.resolve("empty.yaml"), "");
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String directory(JsonObject configuration) {
    return configuration.getJsonObject("verticles").getString("directory");
  }
}

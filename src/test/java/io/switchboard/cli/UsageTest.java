package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'' | no command given; see 'switchboard --help'",
    "nodez | unknown command 'nodez'; did you mean 'nodes'?",
    "--versoin | unknown option '--versoin'; did you mean '--version'?",
    "nodes --jsno | unknown option '--jsno'; did you mean '--json'?; "
      + "see 'switchboard nodes --help'",
    "nodes --urll=x | unknown option '--urll=x'; did you mean '--url'?",
    "nodes extra | too many arguments: 'extra'; see 'switchboard nodes --help'",
    "request | missing: EXCHANGE; see 'switchboard request --help'",
    "declare x | missing: KIND; see 'switchboard declare --help'",
    "declare x topik | 'topik' is no kind of exchange; did you mean 'topic'?",
    "nodes --url http://:80 | --url: 'http://:80' is no address such as http://",
    "nodes --url ftp://x | --url: 'ftp://x' is no address such as http://127.0.0.1:8080",
    "request x y --deadline soon | --deadline: is not a duration such as",
    "request x @no-such-file | there is no file 'no-such-file'",
    "request x y --header a | value for option '--header' (NAME=VALUE) should be in KEY=VALUE",
    "request x y --header a=b\u0001c | not fit for a header",
    "publish x key body more | too many arguments: 'more'; quote a body with spaces",
    "publish x --key k body more | too many arguments: 'more'; quote a body with spaces",
    "subscribe x --count 0 | --count: must be at least 1, is 0",
    "subscribe x --count many | invalid value for option '--count': 'many' is not a whole number",
    "run --conf no-such.yaml | --conf: there is no file 'no-such.yaml'",
    "run --conf | missing: FILE; see 'switchboard run --help'",
    "run --http-port x | --http-port: http.port: is not a whole number: 'x'",
    "run --http-port 70000 | --http-port: http.port: must be between 0 and 65535, is 70000",
    "run --set http.prot=1 | --set: 'http.prot' is no known key; did you mean 'http.port'?",
    "run --set =1 | --set: '=1' is not KEY.PATH=VALUE",
    "run --set http.port | --set: 'http.port' is not KEY.PATH=VALUE",
    "run --set exchanges.a.kind=topik | exchanges.a.kind: 'topik' is no kind of exchange",
    "run --name a/b | name: 1 to 120 of A-Z a-z 0-9 . _ -, is 'a/b'",
    "run --host 0.0.0.0 | http.token: must be set when host is 0.0.0.0"})
  void wrongUsageIsOneLineAndExitCode2(String line, String message) {
    var console = Console.interactive();
    var arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(console.run(arguments)).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err().lines()).singleElement().asString()
      .startsWith("switchboard: " + message);
  }

  @Test
  void anUnknownVariableIsRefused() {
    var console = Console.withEnvironment(Map.of("SWITCHBOARD_HTTP_PROT", "1"));
    assertThat(console.run("run")).isEqualTo(2);
    assertThat(console.err()).isEqualTo("switchboard: SWITCHBOARD_HTTP_PROT: no such setting;"
      + " did you mean 'SWITCHBOARD_HTTP_PORT'?" + System.lineSeparator());
  }

  static List<String> commands() {
    return Main.commandLine(Console.interactive().terminal()).getSubcommands().values().stream()
      .filter(command -> !command.getCommandSpec().usageMessage().hidden())
      .map(CommandLine::getCommandName).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTeaches(String command) {
    var console = Console.interactive();
    assertThat(console.run(command, "--help")).isZero();
    assertThat(console.err()).isEmpty();
    assertThat(console.out()).contains("Usage: switchboard " + command, "Examples:",
      "  switchboard " + command).doesNotContain("--exit-with-parent");
    assertThat(console.out().lines()).allSatisfy(
      line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void theProgramNamesItsCommandsAndVersion() {
    var console = Console.interactive();
    assertThat(console.run("--help")).isZero();
    assertThat(console.out()).contains(commands());
    assertThat(console.run("--version")).isZero();
    assertThat(console.out()).contains("switchboard (not packaged)");
  }
}

package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentKeysTest {
  private static final List<String> PATHS =
    List.of("name", "http.port", "http.bodyLimit", "cluster.join", "exchanges");

  @ParameterizedTest
  @CsvSource({
    "SWITCHBOARD_NAME, name", "SWITCHBOARD_HTTP_PORT, http.port",
    "SWITCHBOARD_HTTP_BODY_LIMIT, http.bodyLimit", "SWITCHBOARD_HTTP_BODYLIMIT, http.bodyLimit",
    "SWITCHBOARD_CLUSTER_JOIN, cluster.join", "SWITCHBOARD_EXCHANGES, exchanges"})
  void meansTheKeyPath(String variable, String path) {
    assertThat(EnvironmentKeys.settings(Map.of(variable, "v"), PATHS))
      .containsExactly(new EnvironmentKeys.Setting(variable, path, "v"));
  }

  @ParameterizedTest
  @CsvSource({
    "PATH, /bin", "SWITCHBOARD, x", "switchboard_name, x", "SWITCHBOARD_NAME, ''",
    "SWITCHBOARD_JAVA_OPTS, -Xmx1g", "SWITCHBOARD_SERVICE_HOST, 10.0.0.1",
    "SWITCHBOARD_SERVICE_PORT_HTTP, 80", "SWITCHBOARD_PORT, tcp://10.0.0.1:80",
    "SWITCHBOARD_PORT_80_TCP_ADDR, 10.0.0.1"})
  void passesOverWhatIsNotForIt(String variable, String value) {
    assertThat(EnvironmentKeys.settings(Map.of(variable, value), PATHS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SWITCHBOARD_HTTP_PROT, SWITCHBOARD_HTTP_PORT", "SWITCHBOARD_NAMES, SWITCHBOARD_NAME",
    "SWITCHBOARD_HTTP_BODY_LIMITS, SWITCHBOARD_HTTP_BODY_LIMIT"})
  void refusesTheUnknownWithTheNearest(String variable, String nearest) {
    assertThatThrownBy(() -> EnvironmentKeys.settings(Map.of(variable, "8080"), PATHS))
      .isInstanceOf(InvalidOption.class)
      .hasMessage(variable + ": no such setting; did you mean '" + nearest + "'?");
  }

  @Test
  void everyPathHasAVariableThatLeadsBack() {
    for (var path : PATHS) {
      var variable = EnvironmentKeys.variable(path);
      assertThat(EnvironmentKeys.settings(Map.of(variable, "v"), PATHS))
        .extracting(EnvironmentKeys.Setting::path).containsExactly(path);
    }
  }
}

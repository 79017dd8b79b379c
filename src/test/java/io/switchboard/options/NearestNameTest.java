package io.switchboard.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN =
    List.of("port", "host", "bodyLimit", "maxConnections");

  @ParameterizedTest
  @CsvSource({
    "prot, port", "PORT, port", "hots, host", "bodylimit, bodyLimit", "body-limit, bodyLimit",
    "maxConections, maxConnections", "connections, maxConnections", "zebra,", "x,"})
  void findsWhatWasProbablyMeant(String name, String nearest) {
    assertThat(NearestName.of(name, KNOWN).orElse(null)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "a, '', 1", "'', ab, 2", "kitten, sitting, 3", "port, prot, 2",
    "same, same, 0"})
  void countsTheEditsBetweenTwoNames(String left, String right, int edits) {
    assertThat(NearestName.distance(left, right)).isEqualTo(edits);
    assertThat(NearestName.distance(right, left)).isEqualTo(edits);
  }

  @Test
  void hintsAtTheNearestOrListsAll() {
    assertThat(NearestName.hint("hosts", KNOWN)).isEqualTo("; did you mean 'host'?");
    assertThat(NearestName.hint("zebra", KNOWN))
      .isEqualTo("; known: bodyLimit, host, maxConnections, port");
  }
}

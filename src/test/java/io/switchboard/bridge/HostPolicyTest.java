package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPolicyTest {
  private final HostPolicy policy = new HostPolicy(List.of("10.1.2.3"), () -> 8080,
    List.of("board.example", "other.example:9000"), List.of("https://Pages.example"));

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, true", "LOCALHOST:8080, true", "127.0.0.1:8080, true",
    "[::1]:8080, true", "10.1.2.3:8080, true", "192.168.7.7:8080, true",
    "board.example, true", "board.example:1234, true", "other.example:9000, true",
    "localhost, false", "localhost:8081, false", "other.example:9001, false",
    "evil.example:8080, false", "localhost.evil.example:8080, false",
    "evil.example:80, false", "10.1.2.4:8080, false"})
  void hosts(String host, boolean isOwn) {
    assertThat(policy.isOwnHost(HostAndPort.parseAuthority(host, -1), "192.168.7.7"))
      .isEqualTo(isOwn);
  }

  @Test
  void aMissingHostIsForeign() {
    assertThat(policy.isOwnHost(null, "127.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "HTTP://LocalHost:8080, localhost:8080, true",
    "https://localhost:8080, localhost:8080, true",
    "http://[::1]:8080, [::1]:8080, true",
    "http://board.example, board.example, true",
    "https://board.example, board.example:443, true",
    "https://pages.example, localhost:8080, true",
    "http://pages.example, localhost:8080, false",
    "http://localhost:3000, localhost:8080, false",
    "http://127.0.0.1:8080, localhost:8080, false",
    "http://localhost, localhost:8080, false",
    "http://evil.example, localhost:8080, false",
    "http://localhost:8080.evil.example, localhost:8080, false",
    "null, localhost:8080, false"})
  void origins(String origin, String host, boolean isOwn) {
    assertThat(policy.isOwnOrigin(origin, HostAndPort.parseAuthority(host, -1)))
      .isEqualTo(isOwn);
  }
}

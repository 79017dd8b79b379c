package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Headers;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageHeadersTest {
  @Test
  void takesThePrefixOffWhateverItsCase() {
    var http = MultiMap.caseInsensitiveMultiMap().add("Switchboard-Header-User", "ann")
      .add("SWITCHBOARD-HEADER-trace", "7").add("Switchboard-Header-", "nameless")
      .add("Switchboard-Key", "k").add("Accept", "*/*");
    assertThat(MessageHeaders.read(http).asMap())
      .isEqualTo(Map.of("User", "ann", "trace", "7"));
  }

  @Test
  void leavesOutWhatWouldBreakHttp() {
    var http = MultiMap.caseInsensitiveMultiMap();
    MessageHeaders.write(Headers.of(Map.of("User", "ann", "bad name", "x", "split",
      "a\r\nSet-Cookie: b=c")), http);
    assertThat(http.names()).containsExactly("Switchboard-Header-User");
    assertThat(http.get("Switchboard-Header-User")).isEqualTo("ann");
  }
}

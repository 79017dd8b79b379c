package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Headers;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderFilterTest {
  private static final HeaderFilter EU = HeaderFilter.NONE.with("region", "eu");

  private static HeaderFilter filter(String name) {
    return switch (name) {
      case "none" -> HeaderFilter.NONE;
      case "eu" -> EU;
      case "desk" -> HeaderFilter.NONE.with("desk");
      case "eu and desk" -> EU.with("desk");
      case "us instead of eu" -> EU.with("region", "us");
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "none,             '',  '', true",
    "none,             eu,  1,  true",
    "eu,               eu,  '', true",
    "eu,               us,  '', false",
    "eu,               EU,  '', false",
    "eu,               '',  1,  false",
    "desk,             '',  1,  true",
    "desk,             '',  '', false",
    "eu and desk,      eu,  1,  true",
    "eu and desk,      eu,  '', false",
    "eu and desk,      us,  1,  false",
    "us instead of eu, us,  '', true",
    "us instead of eu, eu,  '', false"})
  void allThatItAsksMustHold(String filter, String region, String desk, boolean passes) {
    var headers = Headers.of(Map.of("other", "x"));
    headers = region.isEmpty() ? headers : headers.with("region", region);
    headers = desk.isEmpty() ? headers : headers.with("desk", desk);
    assertThat(filter(filter).matches(headers)).isEqualTo(passes);
  }
}

package io.switchboard.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.options.InvalidOption;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerticleDescriptorTest {
  private static VerticleDescriptor parse(String json) throws BrokenVerticle {
    return VerticleDescriptor.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hasDefaults() throws BrokenVerticle {
    assertThat(parse("{}")).isEqualTo(VerticleDescriptor.defaults());
    assertThat(VerticleDescriptor.defaults()).isEqualTo(
      new VerticleDescriptor(1, Threading.EVENT_LOOP, new JsonObject()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"instances\": 0}           | instances: must be between 1 and 1024, is 0",
    "{\"instances\": 1.5}         | instances: is not a whole number",
    "{\"threading\": \"wroker\"}  | threading: is 'wroker'; did you mean 'worker'?",
    "{\"config\": []}             | config: must be an object",
    "{\"cofnig\": {}}             | cofnig: unknown key; did you mean 'config'?",
    "[]                           | is not a JSON object",
    "{                            | is not a JSON object",
  })
  void refusesWhatItCannotUse(String json, String reason) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(BrokenVerticle.class)
      .hasMessageStartingWith("switchboard.json").hasMessageContaining(reason)
      .message().doesNotContain("\n");
  }

  @Test
  void virtualThreadsNeedAJavaThatHasThem() throws BrokenVerticle {
    Threading.VIRTUAL_THREAD.requireOn(21);
    Threading.WORKER.requireOn(17);
    assertThatThrownBy(() -> Threading.VIRTUAL_THREAD.requireOn(17))
      .isInstanceOf(BrokenVerticle.class).hasMessageContaining("Java 21 or later");
  }

  @Test
  void theContainersOptionsAreRead() {
    var options = ContainerOptions.from(new JsonObject().put("scanInterval", "1s"));
    assertThat(options.directory()).isEqualTo("verticles");
    assertThat(options.watch()).isTrue();
    assertThat(options.scanInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThatThrownBy(() -> ContainerOptions.from(new JsonObject().put("dir", "x")))
      .isInstanceOf(InvalidOption.class).hasMessageContaining("verticles.dir: unknown key");
  }
}

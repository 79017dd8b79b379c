package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"a\":1} | application/json", "[1, 2] | application/json", "5 | application/json",
    "true | application/json", "null | application/json", "\"quoted\" | application/json",
    "hello | text/plain; charset=utf-8", "{a | text/plain; charset=utf-8",
    "{} {} | text/plain; charset=utf-8", "`` | text/plain; charset=utf-8",
    "` ` | text/plain; charset=utf-8"})
  void whatParsesAsJsonIsJson(String argument, String type) {
    var payload = Payload.of(argument, Console.interactive().terminal());
    assertThat(payload.contentType()).isEqualTo(type);
    assertThat(new String(payload.bytes(), StandardCharsets.UTF_8)).isEqualTo(argument);
    assertThat(payload.isPresent()).isTrue();
  }

  @Test
  void aPersonWhoGivesNoBodySendsNone() {
    assertThat(Payload.of(null, Console.interactive().terminal()).isPresent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-", ","})
  void standardInputIsReadToItsEnd(String argument) {
    assertPayload(piped(argument, "hello\n"), "hello", TEXT);
    assertPayload(piped(argument, "two\nlines\n\n"), "two\nlines\n", TEXT);
    assertPayload(piped(argument, "{\"a\": 1}\n"), "{\"a\": 1}\n", "application/json");
    assertThat(piped(argument, "").isPresent()).isFalse();
  }

  @Test
  void aPipeInWhichNothingComesIsToldAndNotWaitedFor() throws IOException {
    try (var open = new PipedOutputStream(); var in = new PipedInputStream(open)) {
      var terminal = Console.piped(in).terminal();
      assertThatThrownBy(() -> Payload.of(null, terminal)).isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("nothing came on standard input");
    }
  }

  @Test
  void filesAreTakenAsTheyAre() throws IOException {
    assertPayload(file(new byte[] {(byte) 0xff, 0, 1}), BYTES);
    assertPayload(file("text\n".getBytes(StandardCharsets.UTF_8)), TEXT);
    assertPayload(file("[1]\n".getBytes(StandardCharsets.UTF_8)), "application/json");
  }

  private static Payload piped(String argument, String input) {
    return Payload.of(argument,
      Console.piped(input.getBytes(StandardCharsets.UTF_8)).terminal());
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("body"), content);
  }

  private static void assertPayload(Path file, String type) throws IOException {
    var payload = Payload.of("@" + file, Console.interactive().terminal());
    assertThat(payload.contentType()).isEqualTo(type);
    assertThat(payload.bytes()).isEqualTo(Files.readAllBytes(file));
  }

  private static void assertPayload(Payload payload, String text, String type) {
    assertThat(new String(payload.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(payload.contentType()).isEqualTo(type);
  }
}

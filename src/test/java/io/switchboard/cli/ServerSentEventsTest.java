package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.cli.ServerSentEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerSentEventsTest {
  static List<Arguments> streams() {
    return List.of(
      Arguments.of("", List.of()),
      Arguments.of(": heartbeat\n\n", List.of()),
      Arguments.of("data: a\n\n", List.of(new Event("message", "a"))),
      Arguments.of("event: gap\ndata: 5\n\ndata: b\n\n",
        List.of(new Event("gap", "5"), new Event("message", "b"))),
      Arguments.of("event: message\r\nid: 7\r\ndata: ü\r\n\r\n",
        List.of(new Event("message", "ü"))),
      Arguments.of("data: a\ndata:b\ndata:\n\n", List.of(new Event("message", "a\nb\n"))),
      Arguments.of("event: gap\n\ndata: a\n\n", List.of(new Event("message", "a"))),
      Arguments.of("retry: 5\nother\ndata: a\n\n", List.of(new Event("message", "a"))),
      Arguments.of("data: cut off", List.of()),
      Arguments.of("data: cut off\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsOneEventAfterTheOther(String stream, List<Event> expected) throws IOException {
    var events = new ServerSentEvents(
      new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    var read = new ArrayList<Event>();
    for (var event = events.next(); event.isPresent(); event = events.next()) {
      read.add(event.get());
    }
    assertThat(read).isEqualTo(expected);
  }
}

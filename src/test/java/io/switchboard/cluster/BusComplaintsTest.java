package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class BusComplaintsTest {
  private static final String BUS = "io.vertx.core.eventbus.impl.clustered.OutboundConnection";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(BusComplaints.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void end() {
    logger.detachAppender(log);
  }

  static Stream<Arguments> uncaught() {
    return Stream.of(
      Arguments.of(thrown(new IndexOutOfBoundsException("index: 4"), BUS, "decodeMessage"),
        "no message", true),
      Arguments.of(thrown(new IllegalStateException("Promise already completed"),
        BUS, "writeMessage"), "connection has gone", true),
      Arguments.of(thrown(new IllegalStateException("Promise already completed"),
        "io.vertx.core.net.impl.DelegatingChannelPromise", "tryFailure"),
        "connection has gone", true),
      Arguments.of(thrown(new NullPointerException("a fault"), BUS, "writeMessage"),
        "Unhandled", false),
      Arguments.of(thrown(new IllegalStateException("a fault"), "org.example.Mine",
        "writeMessage"), "Unhandled", false));
  }

  private static Throwable thrown(Throwable failure, String type, String method) {
    failure.setStackTrace(new StackTraceElement[]{
      new StackTraceElement(type, method, "Source.java", 1)});
    return failure;
  }

  @ParameterizedTest
  @MethodSource
  void uncaught(Throwable failure, String words, boolean oneLine) {
    new BusComplaints().handle(failure);
    assertThat(log.list).singleElement().satisfies(event -> {
      assertThat(event.getFormattedMessage()).contains(words);
      assertThat(event.getThrowableProxy() == null).isEqualTo(oneLine);
      assertThat(event.getLevel()).isEqualTo(oneLine ? Level.WARN : Level.ERROR);
    });
  }

  @ParameterizedTest
  @MethodSource("uncaught")
  void aFloodIsSomeLines(Throwable failure, String words, boolean oneLine) {
    var complaints = new BusComplaints();
    for (int i = 0; i < 100; i++) {
      complaints.handle(failure);
    }
    assertThat(log.list).hasSize(oneLine ? 20 : 100);
  }
}

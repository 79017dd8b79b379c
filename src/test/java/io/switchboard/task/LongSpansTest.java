package io.switchboard.task;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.Switchboard;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Span;
import io.switchboard.message.SwitchboardException;
import io.switchboard.message.TaskFrames;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** "For ever", and what is as long as anything may be. */
class LongSpansTest {
  private static final Duration FOR_EVER = ofMillis(Long.MAX_VALUE);
  private static final Duration LONGEST = ofDays(365);

  private static Vertx vertx;
  private static Switchboard board;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    board = Await.result(Switchboard.start(vertx, new JsonObject()));
  }

  @AfterAll
  static void stop() {
    Await.result(board.stop());
    Await.result(vertx.close());
  }

  private static TaskExchange declare(String name) {
    Await.result(board.declare(name, Kind.TASK, new JsonObject().put("ackTimeout", "100ms")));
    return board.tasks(name);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(SwitchboardException.class,
      refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.BAD_REQUEST))
      .hasMessageContaining("365 days");
  }

  @Test
  void whatIsTooLongOrNegativeIsRefused() {
    var tasks = declare("refused");
    Await.result(tasks.submit("x"));
    var task = Await.result(tasks.lease(1, ofSeconds(5))).get(0);
    for (var span : List.of(FOR_EVER, LONGEST.plusNanos(1), ofMillis(-1))) {
      assertRefused(() -> WorkOptions.DEFAULT.ackTimeout(span));
      assertRefused(() -> SubmitOptions.DEFAULT.delay(span));
      assertRefused(() -> SubmitOptions.DEFAULT.deadline(span));
      assertRefused(() -> task.extend(span));
      assertRefused(() -> task.requeue(span, "never"));
      assertRefused(() -> {
        throw Await.failure(tasks.extend(task.id(), task.token(), span));
      });
      assertRefused(() -> {
        throw Await.failure(tasks.requeue(task.id(), task.token(), span, "never"));
      });
    }
    Await.result(task.requeue(ZERO, "again"));
  }

  @Test
  void theLongestOnesHold() {
    var tasks = declare("longest");
    Await.result(tasks.submit("extended"));
    var extended = Await.result(tasks.lease(1, ofSeconds(5))).get(0);
    Await.result(extended.extend(LONGEST));
    var later = Await.result(tasks.submit("later"));
    Await.result(Await.result(tasks.lease(1, ofSeconds(5))).get(0).requeue(LONGEST, "later"));
    Promise<Void> end = Promise.promise();
    Await.result(tasks.work(WorkOptions.DEFAULT.ackTimeout(LONGEST), task -> end.future()));
    var worked = Await.result(tasks.submit("worked"));
    Await.until("the worker has it",
      () -> Await.result(tasks.state(worked)).state().equals("leased"));
    assertThat(Await.result(tasks.lease(1, ofMillis(300)))).isEmpty();
    assertThat(Await.result(tasks.state(extended.id())).state()).isEqualTo("leased");
    assertThat(Await.result(tasks.state(later)).state()).isEqualTo("delayed");
    assertThat(Await.result(tasks.state(worked)).attempts()).isEqualTo(1);
    end.complete();
    Await.result(extended.ack());
  }

  private static FrameReader frame(Buffer fields) {
    var reader = new FrameReader();
    reader.resetToFields(fields);
    return reader;
  }

  @Test
  void whatArrivesIsHeldToTheSameBounds() {
    long most = LONGEST.toMillis();
    var submission = Submission.read(frame(Buffer.buffer().appendLong(1).appendLong(2)
      .appendByte((byte) 0).appendByte((byte) 4).appendLong(Long.MAX_VALUE)
      .appendLong(Long.MAX_VALUE)));
    assertThat(submission.delayMillis()).isEqualTo(most);
    assertThat(submission.deadlineMillis()).isEqualTo(most);
    var fields = Buffer.buffer().appendLong(1).appendLong(2).appendLong(3)
      .appendByte((byte) Verdict.EXTEND.ordinal()).appendByte((byte) 0)
      .appendLong(Long.MAX_VALUE);
    TaskFrames.reason(fields, null);
    assertThat(TaskVerdict.read(frame(fields)).millis()).isEqualTo(most);
    var attachment = TaskAttachment.read(frame(Buffer.buffer().appendLong(1)
      .appendByte((byte) 0).appendLong(0).appendInt(1).appendLong(Long.MAX_VALUE).appendInt(1)
      .appendLong(1).appendLong(2).appendLong(3).appendInt(1).appendLong(Long.MAX_VALUE)));
    assertThat(attachment.ackTimeoutMillis()).isEqualTo(most);
    assertThat(attachment.held().get(0).leaseMillis()).isEqualTo(most);
    assertThat(Span.bounded(-1)).isZero();
  }
}

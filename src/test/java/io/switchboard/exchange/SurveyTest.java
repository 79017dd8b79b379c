package io.switchboard.exchange;

import static io.switchboard.exchange.CallOptions.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.exchange.Survey.Unanswered;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final List<String> NODES = List.of("node-0", "node-1", "node-2");

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(3), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static RequestExchange requests(int node, String name) {
    return cluster.node(node).requests(name);
  }

  private static void assertCode(Future<?> future, FailureCode code) {
    assertThat(Await.failure(future)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void everybodyIsAskedOnce() {
    for (int i = 0; i < 6; i++) {
      var node = cluster.node(i % 3).nodeName();
      Await.result(requests(i % 3, "all").serve(request ->
        Future.succeededFuture(node + " " + request.text())));
    }
    for (int asking = 0; asking < 3; asking++) {
      var survey = Await.result(requests(asking, "all").survey("hears"));
      assertThat(survey.replies()).hasSize(6).allSatisfy(answer ->
        assertThat(answer.body()).isEqualTo(answer.node() + " hears"));
      assertThat(survey.replies()).extracting(answer -> answer.node() + answer.worker())
        .doesNotHaveDuplicates();
      assertThat(survey.replies()).extracting(Survey.Answer::node).containsAll(NODES);
      assertThat(survey.missing()).isEmpty();
      assertThat(survey.failures()).isEmpty();
    }
  }

  @Test
  void whoDoesNotAnswerByTheDeadlineIsMissingAndLateAnswersAreDropped() {
    var late = new CopyOnWriteArrayList<Promise<Object>>();
    Await.result(requests(0, "late").serve(request -> Future.succeededFuture("in time")));
    for (int node = 1; node < 3; node++) {
      Await.result(requests(node, "late").serve(request -> {
        Promise<Object> answer = Promise.promise();
        late.add(answer);
        return answer.future();
      }));
    }
    long begun = System.nanoTime();
    var survey = Await.result(
      requests(0, "late").survey("", within(Duration.ofMillis(150))));
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
      .isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
    assertThat(survey.replies()).extracting(Survey.Answer::body).containsExactly("in time");
    assertThat(survey.missing()).extracting(Unanswered::node)
      .containsExactlyInAnyOrder("node-1", "node-2");
    assertThat(survey.missing()).extracting(Unanswered::code)
      .containsOnly(FailureCode.DEADLINE);
    late.forEach(answer -> answer.complete("too late"));
    assertThat(Await.result(requests(0, "late").survey("",
      SurveyOptions.enough(1).within(Duration.ofSeconds(5)))).replies())
      .extracting(Survey.Answer::body).containsExactly("in time");
    assertThat(survey.replies()).hasSize(1);
  }

  @Test
  void itEndsWhenEnoughHaveAnswered() {
    for (int i = 0; i < 6; i++) {
      boolean mute = i % 3 == 2;
      Await.result(requests(i % 3, "enough").serve(request ->
        mute ? Promise.promise().future() : Future.succeededFuture("yes")));
    }
    long begun = System.nanoTime();
    var survey = Await.result(requests(0, "enough").survey("",
      SurveyOptions.enough(2).within(Duration.ofSeconds(3))));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(survey.replies()).hasSize(2);
    assertThat(survey.missing()).hasSize(4).extracting(Unanswered::code)
      .containsOnly(FailureCode.CANCELLED);
  }

  @Test
  void aHandlerThatFailsIsNoMissingOne() {
    Await.result(requests(0, "failing").serve(request -> Future.succeededFuture("fine")));
    Await.result(requests(1, "failing").serve(request -> Future.failedFuture("out of paper")));
    Await.result(requests(2, "failing").serve(request -> {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "field a");
    }));
    var survey = Await.result(requests(1, "failing").survey(new JsonObject()));
    assertThat(survey.replies()).hasSize(1);
    assertThat(survey.missing()).isEmpty();
    assertThat(survey.failures()).extracting(each -> each.code() + " " + each.message())
      .containsExactlyInAnyOrder("WORKER_FAILED out of paper", "BAD_REQUEST field a");
  }

  @Test
  void aFullWorkerAndADetachedOneAreMissing() {
    var board = cluster.node(0);
    Await.result(board.declare("full", Kind.REQUEST,
      new JsonObject().put("prefetch", 1).put("mailbox", 4)));
    var handed = new AtomicInteger();
    Await.result(requests(0, "full").serve(request -> {
      handed.incrementAndGet();
      return Promise.promise().future();
    }));
    for (int i = 0; i < 6; i++) {
      board.requests("full").request(i, within(Duration.ofSeconds(3)));
    }
    Await.until("the worker has one in hand", () -> handed.get() == 1);
    var survey = Await.result(board.requests("full").survey("", within(Duration.ofSeconds(1))));
    assertThat(survey.replies()).isEmpty();
    assertThat(survey.missing()).singleElement().satisfies(worker ->
      assertThat(worker.code()).isIn(FailureCode.OVERLOADED, FailureCode.DEADLINE));
  }

  @Test
  void whatCannotBeAskedFails() {
    var board = cluster.node(0);
    Await.result(board.declare("nobody", Kind.REQUEST, new JsonObject()));
    Await.result(board.declare("a-topic", Kind.TOPIC, new JsonObject()));
    assertCode(requests(1, "nobody").survey(""), FailureCode.NO_WORKER);
    assertCode(requests(1, "nothing").survey(""), FailureCode.NO_EXCHANGE);
    assertCode(requests(1, "a-topic").survey(""), FailureCode.CONFLICT);
    assertCode(requests(1, "nobody").survey(new Object()), FailureCode.BAD_REQUEST);
  }

  @Test
  void fromAContextItCompletesThere() {
    Await.result(requests(1, "context").serve(request -> Future.succeededFuture("here")));
    var vertx = cluster.node(0).vertx();
    Promise<Boolean> same = Promise.promise();
    var context = vertx.getOrCreateContext();
    context.runOnContext(go -> requests(0, "context").survey("").onComplete(survey ->
      same.complete(vertx.getOrCreateContext() == context && survey.succeeded())));
    assertThat(Await.result(same.future())).isTrue();
  }
}

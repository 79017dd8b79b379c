package io.switchboard.exchange;

import static io.switchboard.exchange.CallOptions.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What dialogues promise, whatever link carries them, and on one node. */
abstract class DialogueContract extends ConversationContract {
  DialogueContract(String link) {
    super(link);
  }

  private static void assertCode(Throwable failure, FailureCode code) {
    assertThat(failure).isInstanceOfSatisfying(SwitchboardException.class,
      why -> assertThat(why.code()).as(why.toString()).isEqualTo(code));
  }

  @Test
  void theWorkerAsksUntilItKnowsEnough() {
    served("adds", request -> request.ask("a?").compose(a -> request.ask(new JsonObject()
      .put("so far", a.body()), CallOptions.DEFAULT.header("unit", "metre"))
      .map(b -> Reply.of((int) a.body() + (int) b.body(), b.headers()))));
    for (var adds : fromBothNodes("adds")) {
      var questions = new CopyOnWriteArrayList<Question>();
      var reply = Await.result(adds.converse("begin", question -> {
        questions.add(question);
        return Future.succeededFuture(Reply.of(question.step() * 20, question.headers()));
      }));
      assertThat(reply.body()).isEqualTo(60);
      assertThat(reply.headers().get("unit")).isEqualTo("metre");
      assertThat(questions.stream().map(Question::step)).containsExactly(1, 2);
      assertThat(questions.get(1).json()).isEqualTo(new JsonObject().put("so far", 20));
      assertThat(questions.get(0).remaining()).isPositive();
    }
  }

  @Test
  void aLongDialogueStaysWithItsWorker() {
    served("long", request -> askOn(request, 0));
    for (var exchange : fromBothNodes("long")) {
      assertThat(Await.result(exchange.converse("", question ->
        Future.succeededFuture((int) question.body() + 1))).body()).isEqualTo(200);
    }
  }

  private static Future<Integer> askOn(Request request, int value) {
    return value == 200 ? Future.succeededFuture(value)
      : request.ask(value).compose(next -> askOn(request, (int) next.body()));
  }

  @Test
  void aQuestionHasATimeOfItsOwn() {
    served("impatient", request -> request.ask("quick?", within(Duration.ofMillis(50)))
      .map(Reply::body)
      .recover(late -> Future.succeededFuture(((SwitchboardException) late).code().name())));
    for (var impatient : fromBothNodes("impatient")) {
      assertThat(Await.result(impatient.converse("", question -> Promise.promise().future()))
        .body()).isEqualTo("DEADLINE");
    }
  }

  @Test
  void theWholeHasADeadline() {
    var atWorker = new AtomicReference<Throwable>();
    served("slow-talk", request -> request.ask("?").onFailure(atWorker::set));
    for (var exchange : fromBothNodes("slow-talk")) {
      atWorker.set(null);
      assertFailure(exchange.converse("", within(Duration.ofMillis(100)),
        question -> Promise.promise().future()), FailureCode.DEADLINE, "");
      Await.until("the worker is told", () -> atWorker.get() != null);
      assertCode(atWorker.get(), FailureCode.DEADLINE);
    }
  }

  @Test
  void aCallerWithoutAnAnswerSaysSo() {
    served("curious", request -> request.ask("why?").map(Reply::body)
      .recover(none -> Future.succeededFuture(none.toString())));
    for (var curious : fromBothNodes("curious")) {
      assertThat(Await.result(curious.converse("", question ->
        Future.failedFuture("no idea"))).text()).contains("CANCELLED", "no idea");
      assertThat(Await.result(curious.converse("", question -> {
        throw new SwitchboardException(FailureCode.DENIED, "none of your business");
      })).text()).contains("DENIED", "none of your business");
      assertThat(Await.result(curious.converse("", question ->
        Future.succeededFuture(new Object()))).text()).contains("BAD_REQUEST", "Object");
    }
  }

  @Test
  void eitherSideEndsIt() {
    var atWorker = new AtomicReference<Throwable>();
    served("ends", request -> request.text().equals("worker")
      ? Future.failedFuture("enough") : request.ask("?").onFailure(atWorker::set));
    for (var ends : fromBothNodes("ends")) {
      atWorker.set(null);
      assertFailure(ends.converse("worker", question -> null),
        FailureCode.WORKER_FAILED, "enough");
      assertFailure(ends.converse("caller", question -> {
        question.endDialogue();
        return Promise.promise().future();
      }), FailureCode.CANCELLED, "");
      Await.until("the worker is told", () -> atWorker.get() != null);
      assertCode(atWorker.get(), FailureCode.CANCELLED);
    }
  }

  @Test
  void aPlainRequestToAWorkerThatAsksIsAConflictForBoth() {
    var atWorker = new AtomicReference<Throwable>();
    served("asks", request -> request.ask("?").onFailure(atWorker::set));
    for (var asks : fromBothNodes("asks")) {
      atWorker.set(null);
      assertFailure(asks.request(""), FailureCode.CONFLICT, "converse()");
      Await.until("the worker is told", () -> atWorker.get() != null);
      assertCode(atWorker.get(), FailureCode.CONFLICT);
    }
  }

  @Test
  void oneQuestionIsOpenAtATime() {
    served("twice", request -> {
      var first = request.ask("first");
      return request.ask("second").transform(second -> first.map(answer ->
        answer.text() + " " + ((SwitchboardException) second.cause()).code()));
    });
    for (var twice : fromBothNodes("twice")) {
      assertThat(Await.result(twice.converse("", question ->
        Future.succeededFuture(question.text()))).text()).isEqualTo("first CONFLICT");
    }
  }

  @Test
  void aHandlerKnowsWhatItsCallerAccepts() {
    served("either", request -> Future.succeededFuture(
      request.acceptsChunks() + " " + request.acceptsQuestions()));
    for (var either : fromBothNodes("either")) {
      assertThat(Await.result(either.request("")).text()).isEqualTo("false false");
      assertThat(Await.result(either.converse("", question -> null)).text())
        .isEqualTo("false true");
      assertThat(Streamed.of(either.stream("")).awaitEnd().chunks())
        .containsExactly("true false");
    }
  }

  @Test
  void aWorkerThatIsUndeployedEndsItsDialogues() {
    var vertx = cluster.node(1).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return cluster.node(1).requests("deserter").serve(request -> request.ask("?"));
      }
    }));
    var asked = new CopyOnWriteArrayList<Question>();
    var open = fromBothNodes("deserter").stream().map(each -> each.converse("", question -> {
      asked.add(question);
      return Promise.promise().future();
    })).toList();
    Await.until("both are asked", () -> asked.size() == 2);
    Await.result(vertx.undeploy(id));
    for (var each : List.copyOf(open)) {
      assertFailure(each, FailureCode.WORKER_GONE, "went away");
    }
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.LocalCluster;
import io.switchboard.collect.CollectListener;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.task.Task;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TypedExchangeTest {
  record TimeQuery(String zone, int hours) {
  }

  record Time(String zone, long unix) {
  }

  record Tick(double price) {
  }

  /** A bean that has itself for a field. */
  static final class Endless {
    public Endless getNext() {
      return this;
    }
  }

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static void assertCode(Future<?> future, FailureCode code, String message) {
    assertThat(Await.failure(future)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(code)).hasMessageContaining(message);
  }

  @Test
  void valuesAreAskedAndAnsweredOnBothNodes() {
    Await.result(cluster.node(1).requests("time", TimeQuery.class, Time.class)
      .serve((query, request) -> Future.succeededFuture(
        new Time(query.zone() + request.key(), query.hours() * 3600L))));
    for (int node = 0; node < 2; node++) {
      var time = cluster.node(node).requests("time", TimeQuery.class, Time.class);
      assertThat(Await.result(
        time.request(new TimeQuery("UTC", 2), CallOptions.DEFAULT.key("+k"))))
        .isEqualTo(new Time("UTC+k", 7200));
      var survey = Await.result(time.survey(new TimeQuery("X", 1), SurveyOptions.DEFAULT));
      assertThat(time.answer(survey.replies().get(0).reply()).unix()).isEqualTo(3600);
      assertThat(Await.result(time.untyped().request(
        new JsonObject().put("zone", "raw").put("hours", 0))).json().getLong("unix")).isZero();
    }
  }

  @Test
  void aMisfitFailsAtTheCallerWithItsField() {
    Await.result(cluster.node(1).requests("strict", TimeQuery.class, Time.class)
      .serve(query -> Future.succeededFuture(new Time(query.zone(), 0))));
    Await.result(cluster.node(1).requests("wrong").serve(request ->
      Future.succeededFuture(new JsonObject().put("zone", "UTC").put("unix", "now"))));
    for (int node = 0; node < 2; node++) {
      var board = cluster.node(node);
      assertCode(board.requests("strict").request(
        new JsonObject().put("zone", "UTC").put("hours", "two")),
        FailureCode.BAD_REQUEST, "TimeQuery.hours");
      assertCode(board.requests("wrong", TimeQuery.class, Time.class)
        .request(new TimeQuery("UTC", 1)), FailureCode.WORKER_FAILED, "Time.unix");
      assertCode(board.requests("strict", String.class, Time.class).request("text"),
        FailureCode.BAD_REQUEST, "TimeQuery");
    }
  }

  @Test
  void entriesAreValuesAndMisfitsAreCounted() {
    var collected = new CopyOnWriteArrayList<Object>();
    Await.result(cluster.node(1).collect("ticks", Tick.class).collect(
      new CollectListener() { }, (tick, entry) -> {
        collected.add(List.of(entry.node(), tick.price()));
        return Future.succeededFuture();
      }));
    var ticks = cluster.node(0).collect("ticks", Tick.class);
    Await.result(ticks.emit(new Tick(1.5)));
    Await.result(ticks.untyped().emit(new JsonObject().put("price", "high")));
    Await.result(ticks.emit(new Tick(2)));
    Await.until("both ticks", () -> collected.size() == 2);
    var from = cluster.node(0).nodeName();
    assertThat(collected).containsExactly(List.of(from, 1.5), List.of(from, 2.0));
  }

  @Test
  void tasksAreValuesAndMisfitsAreDeadLettersAtOnce() {
    var worked = new CopyOnWriteArrayList<Object>();
    Await.result(cluster.node(1).tasks("typed-work", Tick.class).work(tick -> {
      worked.add(tick.price());
      return Future.succeededFuture();
    }));
    var work = cluster.node(0).tasks("typed-work", Tick.class);
    Await.result(work.submit(new Tick(1.5)));
    var misfit = Await.result(work.untyped().submit(new JsonObject().put("price", "high")));
    Await.result(work.submit(new Tick(2)));
    Await.until("both tasks", () -> worked.size() == 2);
    Await.until("the dead letter", () -> Await.result(work.untyped().counts()).dead() == 1);
    var letter = Await.result(work.untyped().dead(10)).get(0);
    assertThat(letter.id()).isEqualTo(misfit);
    assertThat(letter.attempts()).isOne();
    assertThat(letter.reasons()).singleElement().asString()
      .contains("BAD_REQUEST", "Tick.price");
  }

  @Test
  void aLeasedTaskIsReadByTheHandle() {
    var declared = cluster.node(0).declare("typed-lease", Kind.TASK, new JsonObject());
    Await.result(declared);
    var work = cluster.node(0).tasks("typed-lease", Tick.class);
    Await.result(work.submit(new Tick(3)));
    Await.result(work.untyped().submit("text"));
    var leased = new ArrayList<Task>();
    Await.until("both leased", () -> leased.addAll(Await.result(
      cluster.node(1).tasks("typed-lease").lease(2, Duration.ofSeconds(2))))
      && leased.size() == 2);
    assertThat(work.value(leased.get(0))).isEqualTo(new Tick(3));
    assertThatThrownBy(() -> work.value(leased.get(1))).isInstanceOfSatisfying(
      SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(FailureCode.BAD_REQUEST));
    leased.forEach(task -> Await.result(task.ack()));
  }

  @Test
  void whatCannotBeWrittenFailsAtOnce() {
    var board = cluster.node(0);
    var endless = new Endless();
    assertCode(board.tasks("nowhere", Endless.class).submit(endless),
      FailureCode.BAD_REQUEST, "Endless");
    assertCode(board.collect("nowhere", Endless.class).emit(endless),
      FailureCode.BAD_REQUEST, "Endless");
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
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
  void eventsAreValuesAndMisfitsArePassedOver() {
    var ticks = new CopyOnWriteArrayList<Object>();
    Await.result(cluster.node(1).topic("prices", Tick.class).subscribe("fx.#",
      (tick, event) -> ticks.add(List.of(event.key(), tick.price()))));
    var prices = cluster.node(0).topic("prices", Tick.class);
    Await.result(prices.publish("fx.a", new Tick(1.5)));
    Await.result(prices.untyped().publish("fx.b", new JsonObject().put("price", "high")));
    Await.result(prices.untyped().publish("fx.c", new JsonObject().put("price", 2)));
    Await.until("both ticks", () -> ticks.size() == 2);
    assertThat(ticks).containsExactly(List.of("fx.a", 1.5), List.of("fx.c", 2.0));
    assertThat(cluster.node(1).topic("prices").figures().failures.sum()).isOne();
  }
}

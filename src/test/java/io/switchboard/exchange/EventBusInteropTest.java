package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plain event-bus code that has never heard of Switchboard, on each node. */
class EventBusInteropTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), Duration.ofSeconds(40));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private static EventBus bus(int node) {
    return cluster.node(node).vertx().eventBus();
  }

  @Test
  void aRequestIsAnsweredByTheExchange() {
    Await.result(cluster.node(1).requests("time").serve(request -> Future.succeededFuture(
      request.json().copy().put("header", request.headers().get("h")))));
    for (int node = 0; node < 2; node++) {
      var options = new DeliveryOptions().addHeader("h", "v" + node);
      var reply = Await.result(
        bus(node).<JsonObject>request("time", new JsonObject().put("n", node), options));
      assertThat(reply.body())
        .isEqualTo(new JsonObject().put("n", node).put("header", "v" + node));
    }
  }

  @Test
  void aFailureCarriesItsCode() {
    Await.result(cluster.node(0).declare("empty", Kind.REQUEST, new JsonObject()));
    for (int node = 0; node < 2; node++) {
      assertThat(Await.failure(bus(node).request("empty", "")))
        .isInstanceOfSatisfying(ReplyException.class, failure ->
          assertThat(failure.failureCode()).isEqualTo(FailureCode.NO_WORKER.number()));
    }
  }

  @Test
  void aSendIsAOneWayMessage() {
    var got = Collections.synchronizedList(new ArrayList<Request>());
    Await.result(cluster.node(1).requests("sink").serve(request -> {
      got.add(request);
      return null;
    }));
    bus(0).send("sink", "from 0");
    bus(1).send("sink", "from 1");
    Await.until("both", () -> got.size() == 2);
    assertThat(got).allMatch(Request::isOneWay).extracting(Request::body)
      .containsExactlyInAnyOrder("from 0", "from 1");
  }

  @Test
  void aDeletedExchangeLeavesItsAddress() {
    var answered = new AtomicInteger();
    Await.result(cluster.node(0).requests("leaves").serve(request -> {
      answered.incrementAndGet();
      return Future.succeededFuture();
    }));
    Await.result(bus(1).request("leaves", ""));
    Await.result(cluster.node(0).delete("leaves"));
    // A node that has not heard yet sends it where nobody listens any more.
    var soon = new DeliveryOptions().setSendTimeout(2_000);
    for (int node = 0; node < 2; node++) {
      assertThat(Await.failure(bus(node).request("leaves", "", soon)))
        .isInstanceOf(ReplyException.class);
    }
    assertThat(answered).hasValue(1);
  }
}

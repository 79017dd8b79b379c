package io.switchboard.exchange;

import static io.switchboard.exchange.CallOptions.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.switchboard.topic.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What exchanges promise between two nodes, whatever link carries the messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LinkContract {
  private final String link;
  LocalCluster cluster;

  LinkContract(String link) {
    this.link = link;
  }

  @BeforeAll
  void start() {
    cluster = Await.result(LocalCluster.start(2,
      new JsonObject().put("trunk", new JsonObject().put("link", link))), Duration.ofSeconds(40));
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  /** A worker on node 1; the handle is node 0's. */
  final RequestExchange served(
    String name, Function<Request, Future<?>> handler) {
    Await.result(cluster.node(1).requests(name).serve(handler));
    return cluster.node(0).requests(name);
  }

  static void assertFailure(Future<?> future, FailureCode code, String message) {
    assertThat(Await.failure(future)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> {
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(message);
      });
  }

  @Test
  void aRequestIsAnswered() {
    var echo = served("echo", request -> Future.succeededFuture("got " + request.text()));
    assertThat(Await.result(echo.request("this")).text()).isEqualTo("got this");
  }

  @Test
  void headersAndKeyTravel() {
    var echo = served("headers", request -> Future.succeededFuture(Reply.of(
      request.key(), request.headers().with("answer", "yes"))));
    var reply = Await.result(
      echo.request(null, CallOptions.DEFAULT.key("user-7 é").header("question", "ü")));
    assertThat(reply.text()).isEqualTo("user-7 é");
    assertThat(reply.headers().get("answer")).isEqualTo("yes");
    assertThat(reply.headers().get("question")).isEqualTo("ü");
  }

  @Test
  void everyBodyTypeArrivesAsItWas() {
    var echo = served("bodies", request -> Future.succeededFuture(request.body()));
    var bodies = Arrays.<Object>asList(null, "", "text é 😀", true, false, (byte) -1,
      (short) 300, 'ß', Integer.MIN_VALUE, Long.MAX_VALUE, 1.5f, Math.PI, Buffer.buffer(),
      Buffer.buffer("bytes"), Buffer.buffer(new byte[100_000]), new JsonObject(),
      new JsonObject().put("a", new JsonArray().add(1).add("b").addNull()),
      new JsonArray().add(new JsonObject().put("x", 2.5)));
    for (var body : bodies) {
      assertThat(Await.result(echo.request(body)).body()).isEqualTo(body);
    }
    assertThat(Await.result(echo.request(new byte[] {1, -2, 3})).body())
      .isEqualTo(new byte[] {1, -2, 3});
  }

  @Test
  void aBodyLargerThanABatchArrives() {
    var length = served("length", request ->
      Future.succeededFuture(((Buffer) request.body()).slice()));
    var large = Buffer.buffer(new byte[8 << 20]).setInt(7 << 20, 77);
    assertThat(Await.result(length.request(large)).body()).isEqualTo(large);
  }

  @Test
  void aLargeBodyIsPassedByMessagesToOthersButNotToItsOwnWorker() {
    var got = Collections.synchronizedList(new ArrayList<Object>());
    var large = served("large", request -> {
      got.add(request.body() instanceof Buffer buffer ? buffer.length() : request.body());
      return null;
    });
    var small = served("small", request -> {
      got.add("passed");
      return null;
    });
    var body = Buffer.buffer(new byte[16 << 20]);
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      large.send(body);
      large.send("second");
      large.request("third".repeat(30_000));
      large.send(4);
      small.request("");
    });
    Await.until("all messages", () -> got.size() == 5);
    assertThat(got).containsExactly(
      "passed", body.length(), "second", "third".repeat(30_000), 4);
  }

  @Test
  void anAnswerOfEverySizeArrives() {
    var sized = served("sized", request ->
      Future.succeededFuture(Buffer.buffer(new byte[(int) request.body()]).setByte(0, (byte) 9)));
    for (int size : new int[] {1, 65_000, 65_536, 66_500, 66_559, 66_560, 66_561, 70_000,
      131_072, 200_000, 3 << 20}) {
      var body = (Buffer) Await.result(sized.request(size)).body();
      assertThat(body.length()).isEqualTo(size);
      assertThat(body.getByte(0)).isEqualTo((byte) 9);
    }
  }

  @Test
  void aBodyBeyondTheLargestIsRefusedAtTheSender() {
    var tooLarge = Buffer.buffer(new byte[Body.MAX_BYTES + 1]);
    var context = cluster.node(0).vertx().getOrCreateContext();
    var echo = served("too-large", request -> Future.succeededFuture(tooLarge));
    Promise<Reply> refused = Promise.promise();
    context.runOnContext(ignored -> echo.request(tooLarge).onComplete(refused));
    assertFailure(refused.future(), FailureCode.TOO_LARGE, "67108865");
    assertFailure(echo.request("the answer"), FailureCode.WORKER_FAILED, "67108865");
  }

  @Test
  void aOneWayMessageIsHandedOver() {
    var got = new AtomicReference<Request>();
    var sink = served("sink", request -> {
      got.set(request);
      return Future.succeededFuture("dropped");
    });
    Await.result(sink.send(new JsonObject().put("n", 1)));
    Await.until("the message", () -> got.get() != null);
    assertThat(got.get().isOneWay()).isTrue();
    assertThat(got.get().json().getInteger("n")).isEqualTo(1);
  }

  @Test
  void aFailedHandlerIsReported() {
    var failing = served("failing", request -> switch (request.text()) {
      case "future" -> Future.failedFuture("no such user");
      case "throws" -> throw new IllegalStateException("broken");
      case "input" -> throw new SwitchboardException(FailureCode.BAD_REQUEST, "field a");
      default -> Future.succeededFuture(new Object());
    });
    assertFailure(failing.request("future"), FailureCode.WORKER_FAILED, "no such user");
    assertFailure(failing.request("throws"), FailureCode.WORKER_FAILED, "broken");
    assertFailure(failing.request("input"), FailureCode.BAD_REQUEST, "field a");
    assertFailure(failing.request("other"), FailureCode.WORKER_FAILED, "java.lang.Object");
  }

  @Test
  void theDeadlineIsKept() {
    var silent = served("silent", request -> Promise.promise().future());
    long begun = System.nanoTime();
    assertFailure(silent.request("", within(Duration.ofMillis(200))), FailureCode.DEADLINE, "");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
      .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
  }

  @Test
  void theDeadlineTravels() {
    var remaining = served("remaining",
      request -> Future.succeededFuture(request.remaining().toMillis()));
    assertThat((long) Await.result(remaining.request("", within(Duration.ofSeconds(3)))).body())
      .isBetween(1_000L, 3_000L);
    assertThat((long) Await.result(remaining.request("")).body()).isBetween(8_000L, 10_000L);
  }

  @Test
  void messagesOfOneClientArriveInOrder() {
    var got = Collections.synchronizedList(new ArrayList<Object>());
    var ordered = served("ordered", request -> {
      got.add(request.body());
      return null;
    });
    int count = 1_000;
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      for (int i = 0; i < count; i++) {
        if (i % 3 == 0) {
          ordered.send(i);
        } else {
          ordered.request(i);
        }
      }
    });
    Await.until("all messages", () -> got.size() == count);
    assertThat(got).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void eventsArriveInOrderWithKeyAndHeaders() {
    var got = Collections.synchronizedList(new ArrayList<Event>());
    Await.result(cluster.node(1).topic("prices").subscribe("fx.#", got::add));
    var options = CallOptions.DEFAULT.headers(Headers.NONE.with("source", "test"));
    var prices = cluster.node(0).topic("prices");
    for (int i = 0; i < 500; i++) {
      Await.result(prices.publish(i % 2 == 0 ? "fx.eur.usd" : "metal.gold", i, options));
    }
    Await.until("all events", () -> got.size() == 250);
    for (int i = 0; i < 250; i++) {
      assertThat(got.get(i).body()).isEqualTo(2 * i);
      assertThat(got.get(i).key()).isEqualTo("fx.eur.usd");
      assertThat(got.get(i).headers().get("source")).isEqualTo("test");
      assertThat(got.get(i).lost()).isZero();
    }
  }

  @Test
  void whatCannotTravelIsRefusedAtOnce() {
    var echo = served("refuses", request -> Future.succeededFuture("reached"));
    assertFailure(echo.request(new Object()), FailureCode.BAD_REQUEST, "java.lang.Object");
    assertFailure(echo.request("", within(Duration.ZERO)), FailureCode.BAD_REQUEST, "timeout");
    assertThat(Await.result(echo.request("")).text()).isEqualTo("reached");
  }
}

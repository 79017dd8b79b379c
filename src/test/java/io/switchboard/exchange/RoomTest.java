package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens on node 0 when a worker on node 1 takes nothing more. */
class RoomTest {
  private static final int PREFETCH = 4;
  private static final int MAILBOX = 64;

  private static LocalCluster cluster;

  /** A worker that answers when it is told to. */
  private static final class Slow {
    private final List<Object> got = Collections.synchronizedList(new ArrayList<>());
    private final ArrayDeque<Promise<Object>> held = new ArrayDeque<>();
    private boolean free;

    synchronized Future<?> handle(Request request) {
      got.add(request.body());
      if (free) {
        return Future.succeededFuture();
      }
      var answer = Promise.promise();
      held.add(answer);
      return answer.future();
    }

    void release() {
      List<Promise<Object>> now;
      synchronized (this) {
        free = true;
        now = List.copyOf(held);
        held.clear();
      }
      now.forEach(Promise::tryComplete);
    }
  }

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

  private static RequestExchange served(String name, Slow worker) {
    Await.result(cluster.node(1).declare(name, Kind.REQUEST,
      new JsonObject().put("prefetch", PREFETCH).put("mailbox", MAILBOX)));
    Await.result(cluster.node(1).requests(name).serve(worker::handle));
    return cluster.node(0).requests(name);
  }

  private static void onOneContext(Runnable action) {
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> action.run());
  }

  private static FailureCode codeOf(Future<?> failed) {
    return ((SwitchboardException) Await.failure(failed)).code();
  }

  @Test
  void whatAFullWorkerCannotTakeIsRefusedAtTheSenderAndNothingIsLost() {
    var worker = new Slow();
    var exchange = served("full", worker);
    var accepted = new AtomicInteger();
    var refused = new AtomicInteger();
    onOneContext(() -> {
      for (int i = 0; i < 10 * MAILBOX; i++) {
        exchange.send(i).onSuccess(sent -> accepted.incrementAndGet())
          .onFailure(failure -> refused.incrementAndGet());
      }
    });
    Await.until("all were sent or refused", () -> accepted.get() + refused.get() == 10 * MAILBOX);
    assertThat(accepted.get()).isEqualTo(MAILBOX);
    assertThat(codeOf(exchange.send("one more"))).isEqualTo(FailureCode.OVERLOADED);

    worker.release();
    Await.until("all that were accepted", () -> worker.got.size() == MAILBOX);
    Await.until("room again", () -> exchange.send("again").succeeded()
      || worker.got.contains("again"));
  }

  @Test
  void whoWaitsForRoomIsServedInOrder() {
    var worker = new Slow();
    var exchange = served("patient", worker);
    int count = 20 * MAILBOX;
    var sent = new AtomicInteger();
    var options = CallOptions.DEFAULT.waitForRoom();
    onOneContext(() -> {
      for (int i = 0; i < count; i++) {
        (i % 5 == 0 ? exchange.request(i, options).mapEmpty() : exchange.send(i, options))
          .onSuccess(done -> sent.incrementAndGet());
      }
    });
    Await.until("the prefetch is full", () -> worker.got.size() == PREFETCH);
    assertThat(sent.get()).isLessThanOrEqualTo(MAILBOX + PREFETCH);
    worker.release();
    Await.until("all were sent", () -> sent.get() == count);
    assertThat(worker.got).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void waitingEndsByTheDeadline() {
    var worker = new Slow();
    var exchange = served("late", worker);
    onOneContext(() -> IntStream.range(0, 2 * MAILBOX).forEach(exchange::send));
    Await.until("the prefetch is full", () -> worker.got.size() == PREFETCH);
    var soon = CallOptions.within(Duration.ofMillis(200)).waitForRoom();
    assertThat(codeOf(exchange.send("late", soon))).isEqualTo(FailureCode.OVERLOADED);
    assertThat(codeOf(exchange.request("late", soon))).isEqualTo(FailureCode.DEADLINE);
    worker.release();
  }
}

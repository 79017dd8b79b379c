package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.task.WorkOptions;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Handlers that throw what is no exception, as one does whose classes were swapped. */
class HandlerErrorTest {
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

  /** Takes note, and throws an error for what is bad. */
  private static Future<?> take(Queue<Object> seen, Object body) {
    seen.add(body);
    if ("bad".equals(body)) {
      throw new NoClassDefFoundError("some/Gone");
    }
    return Future.succeededFuture(body);
  }

  @Test
  void aTaskHasFailedAndComesAgainAndThoseBehindItAreWorked() {
    Await.result(board.declare("tasks", Kind.TASK, new JsonObject()
      .put("maxAttempts", 2).put("backoff", "20ms")));
    var tasks = board.tasks("tasks");
    Await.result(Future.all(
      Stream.of("bad", "good", "good", "good").map(tasks::submit).toList()));
    var seen = new ConcurrentLinkedQueue<Object>();
    Await.result(tasks.work(WorkOptions.prefetch(3), task -> take(seen, task.body())));
    Await.until("two attempts", () -> Await.result(tasks.counts()).dead() == 1);
    Await.until("the others", () -> Await.result(tasks.counts()).acked() == 3);
    assertThat(seen).containsExactlyInAnyOrder("bad", "bad", "good", "good", "good");
    assertThat(Await.result(tasks.dead(1)).get(0).reasons())
      .contains("java.lang.NoClassDefFoundError: some/Gone");
  }

  @Test
  void aRequestIsAnsweredAndThoseBehindItAreServed() {
    var requests = board.requests("requests");
    var seen = new ConcurrentLinkedQueue<Object>();
    Await.result(requests.serve(request -> take(seen, request.body())));
    var bad = requests.request("bad");
    assertThat(Await.result(requests.request("good")).body()).isEqualTo("good");
    assertThat(Await.failure(bad)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(FailureCode.WORKER_FAILED))
      .hasMessageContaining("NoClassDefFoundError");
  }

  @Test
  void theChunksBehindItCome() {
    var requests = board.requests("chunks");
    Await.result(requests.serve(request -> {
      ChunkWriter<Object> chunks = request.chunks();
      Stream.of("bad", "good", "good").forEach(chunks::write);
      return chunks.end();
    }));
    var seen = new ConcurrentLinkedQueue<Object>();
    Promise<Void> end = Promise.promise();
    vertx.runOnContext(ignored -> requests.stream("").endHandler(end::complete)
      .handler(chunk -> take(seen, chunk)));
    Await.result(end.future());
    assertThat(seen).containsExactly("bad", "good", "good");
  }

  @Test
  void eventsAndEntriesBehindItAreDelivered() {
    var events = new ConcurrentLinkedQueue<Object>();
    var topic = board.topic("topic");
    Await.result(topic.subscribe("#", event -> take(events, event.body())));
    var entries = new ConcurrentLinkedQueue<Object>();
    var collect = board.collect("collect");
    Await.result(collect.collect(entry -> take(entries, entry.body())));
    vertx.runOnContext(ignored -> Stream.of("bad", "good").forEach(body -> {
      topic.publish("key", body);
      collect.emit(body);
    }));
    Await.until("the events", () -> events.size() == 2);
    Await.until("the entries", () -> entries.size() == 2);
  }

  @Test
  void anErrorOfTheVirtualMachineIsReportedAsWell() {
    var reported = new AtomicReference<Throwable>();
    vertx.exceptionHandler(reported::set);
    var requests = board.requests("exhausted");
    var error = new OutOfMemoryError("on purpose");
    Await.result(requests.serve(request -> {
      throw error;
    }));
    assertThat(Await.failure(requests.request(""))).hasMessageContaining("OutOfMemoryError");
    Await.until("the report", () -> reported.get() == error);
  }
}

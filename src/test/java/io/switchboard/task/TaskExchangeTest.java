package io.switchboard.task;

import static io.switchboard.task.SubmitOptions.priority;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users see of task exchanges, on one node that is no member of a cluster. */
class TaskExchangeTest {
  private static Vertx vertx;
  private static Switchboard board;
  private static int exchanges;

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

  private static TaskExchange declare(JsonObject options) {
    var name = "tasks-" + exchanges++;
    Await.result(board.declare(name, Kind.TASK, options));
    return board.tasks(name);
  }

  private static TaskExchange declare() {
    return declare(new JsonObject());
  }

  private static void assertCode(Future<?> future, FailureCode code) {
    assertThat(Await.failure(future)).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void whatWasSubmittedIsWorkedAndAcked() {
    var tasks = declare();
    var id = Await.result(tasks.submit(new JsonObject().put("a", 1),
      SubmitOptions.DEFAULT.header("x", "y").key("k")));
    var done = new ConcurrentLinkedQueue<Task>();
    Await.result(tasks.work(task -> {
      done.add(task);
      return Future.succeededFuture();
    }));
    Await.until("the ack", () -> Await.result(tasks.counts()).acked() == 1);
    var task = done.element();
    assertThat(task.id()).isEqualTo(id);
    assertThat(task.json()).isEqualTo(new JsonObject().put("a", 1));
    assertThat(task.headers().get("x")).isEqualTo("y");
    assertThat(task.key()).isEqualTo("k");
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(Await.result(tasks.state(id)).state()).isEqualTo(TaskState.GONE);
    assertThat(TaskId.of(id.toString())).isEqualTo(id);
  }

  @Test
  void higherPriorityFirstThenTheOrderOfSubmission() {
    var tasks = declare();
    for (int i = 0; i < 30; i++) {
      Await.result(tasks.submit(i, priority(i % 3)));
    }
    var order = new ConcurrentLinkedQueue<Integer>();
    Await.result(tasks.work(WorkOptions.prefetch(1), task -> {
      order.add((Integer) task.body());
      return Future.succeededFuture();
    }));
    Await.until("all", () -> order.size() == 30);
    assertThat(order).containsExactly(2, 5, 8, 11, 14, 17, 20, 23, 26, 29,
      1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27);
  }

  @Test
  void tasksOfOneKeyOneAtATimeInOrderWhateverTheirPriorityAndDelay() {
    var tasks = declare();
    for (int i = 0; i < 20; i++) {
      Await.result(tasks.submit(i,
        priority(i % 10).key("k").delay(ofMillis(i % 4 == 0 ? 20 : 0))));
    }
    var order = new ConcurrentLinkedQueue<Integer>();
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    Await.result(tasks.work(task -> {
      order.add((Integer) task.body());
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      Promise<Void> later = Promise.promise();
      vertx.setTimer(1, id -> {
        atOnce.decrementAndGet();
        later.complete();
      });
      return later.future();
    }));
    Await.until("all", () -> order.size() == 20);
    assertThat(List.copyOf(order)).isSorted();
    assertThat(most).hasValue(1);
  }

  @Test
  void aDelayedTaskComesNoSooner() {
    var tasks = declare();
    var arrived = new AtomicInteger();
    Await.result(tasks.work(task -> {
      arrived.incrementAndGet();
      return Future.succeededFuture();
    }));
    long begun = System.nanoTime();
    Await.result(tasks.submit("later", SubmitOptions.DEFAULT.delay(ofMillis(150))));
    assertThat(Await.result(tasks.counts()).delayed()).isEqualTo(1);
    Await.until("it comes", () -> arrived.get() == 1);
    assertThat(System.nanoTime() - begun).isGreaterThan(140_000_000);
  }

  @Test
  void aTaskThatFailsComesAgainAndDiesAfterItsLastAttemptWithAllReasons() {
    var tasks = declare(new JsonObject().put("maxAttempts", 3).put("backoff", 10));
    var attempts = new ConcurrentLinkedQueue<Integer>();
    Await.result(tasks.work(task -> {
      attempts.add(task.attempt());
      return task.body().equals("bad")
        ? Future.failedFuture("no " + task.attempt()) : Future.succeededFuture();
    }));
    var id = Await.result(tasks.submit("bad"));
    Await.until("it is dead", () -> Await.result(tasks.counts()).dead() == 1);
    assertThat(attempts).containsExactly(1, 2, 3);
    var letter = Await.result(tasks.dead(10)).get(0);
    assertThat(letter.id()).isEqualTo(id);
    assertThat(letter.body()).isEqualTo("bad");
    assertThat(letter.reasons()).containsExactly("no 1", "no 2", "no 3");
    assertThat(Await.result(tasks.state(id)).state()).isEqualTo("dead");

    assertThat(Await.result(tasks.revive(id))).isTrue();
    Await.until("it died again", () -> attempts.size() == 6
      && Await.result(tasks.counts()).dead() == 1);
    assertThat(Await.result(tasks.drop(id))).isTrue();
    assertThat(Await.result(tasks.drop(id))).isFalse();
    assertThat(Await.result(tasks.state(id)).state()).isEqualTo(TaskState.GONE);
  }

  @Test
  void aTaskWhoseDeadlinePassesIsADeadLetterAndHasNoneWhenItIsRevived() {
    var tasks = declare();
    Await.result(tasks.submit("old", SubmitOptions.DEFAULT.deadline(ofMillis(30))));
    Await.until("it is dead", () -> Await.result(tasks.counts()).dead() == 1);
    var letter = Await.result(tasks.dead(1)).get(0);
    assertThat(letter.reasons()).containsExactly("its deadline passed");
    assertThat(Await.result(tasks.revive(letter.id()))).isTrue();
    assertThat(Await.result(tasks.lease(1, ofSeconds(10)))).hasSize(1);
  }

  @Test
  void aSilentWorkerLosesTheTaskAndItsTokenIsStale() {
    var tasks = declare();
    var held = new ConcurrentLinkedQueue<Task>();
    Await.result(tasks.work(
      WorkOptions.prefetch(1).ackTimeout(ofMillis(80)).manual(), task -> {
        held.add(task);
        return null;
      }));
    Await.result(tasks.submit("x"));
    Await.until("it comes again", () -> held.size() >= 2);
    var first = held.poll();
    assertCode(first.ack(), FailureCode.STALE_TOKEN);
    var second = held.poll();
    assertThat(second.attempt()).isEqualTo(2);
    Await.result(second.extend(ofSeconds(60)));
    Await.result(second.ack());
    Await.result(second.ack());
    assertThat(Await.result(tasks.counts()).acked()).isEqualTo(1);
  }

  @Test
  void aDetachedWorkersTasksGoToAnotherAtOnce() {
    var tasks = declare();
    var first = new ConcurrentLinkedQueue<Task>();
    var attachment = Await.result(tasks.work(WorkOptions.prefetch(4).manual(), task -> {
      first.add(task);
      return null;
    }));
    for (int i = 0; i < 4; i++) {
      Await.result(tasks.submit(i));
    }
    Await.until("the first holds all", () -> first.size() == 4);
    var second = new ConcurrentLinkedQueue<Object>();
    Await.result(tasks.work(task -> {
      second.add(task.body());
      return Future.succeededFuture();
    }));
    Await.result(attachment.detach());
    Await.until("the second gets all", () -> second.size() == 4);
    assertThat(second).containsExactly(0, 1, 2, 3);
    assertCode(first.element().ack(), FailureCode.STALE_TOKEN);
  }

  @Test
  void aVerticlesTasksGoToAnotherWhenItIsUndeployed() {
    var tasks = declare();
    var holder = new VerticleBase() {
      private final AtomicInteger held = new AtomicInteger();

      @Override
      public Future<?> start() {
        return Switchboard.of(vertx).tasks(tasks.name()).work(task -> {
          held.incrementAndGet();
          return Promise.promise().future();
        });
      }
    };
    var deployment = Await.result(vertx.deployVerticle(holder));
    Await.result(tasks.submit("x"));
    Await.until("it is held", () -> holder.held.get() == 1);
    Await.result(vertx.undeploy(deployment));
    var leased = Await.result(tasks.lease(1, ofSeconds(10)));
    assertThat(leased).hasSize(1);
    Await.result(leased.get(0).ack());
  }

  @Test
  void handingOutIsFair() {
    var tasks = declare();
    var counts = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
    for (var count : counts) {
      Await.result(tasks.work(WorkOptions.prefetch(10).manual(), task -> {
        count.incrementAndGet();
        return null;
      }));
    }
    for (int i = 0; i < 15; i++) {
      Await.result(tasks.submit(i));
    }
    Await.until("all are held", () -> Await.result(tasks.counts()).leased() == 15);
    Await.until("five each", () -> counts.stream().allMatch(count -> count.get() == 5));
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameTask() {
    var tasks = declare();
    var options = SubmitOptions.DEFAULT.idempotencyKey("order-1");
    var first = tasks.submit("a", options);
    var second = tasks.submit("a", options);
    var id = Await.result(first);
    assertThat(Await.result(second)).isEqualTo(id);
    assertCode(tasks.submit("b", options), FailureCode.CONFLICT);
    assertThat(Await.result(tasks.counts()).ready()).isEqualTo(1);
    var leased = Await.result(tasks.lease(1, Duration.ZERO));
    Await.result(leased.get(0).ack());
    assertThat(Await.result(tasks.submit("a", options))).isEqualTo(id);
    assertThat(Await.result(tasks.counts()).ready()).isZero();
  }

  @Test
  void aFullQueueRefuses() {
    var tasks = declare(new JsonObject().put("maxTasks", 3));
    for (int i = 0; i < 3; i++) {
      Await.result(tasks.submit(i));
    }
    assertCode(tasks.submit(3), FailureCode.OVERLOADED);
    var large = declare(new JsonObject().put("maxBytes", 1_000));
    assertCode(large.submit("x".repeat(1_000)), FailureCode.OVERLOADED);
  }

  @Test
  void leasesOfOneWhoIsNoWorker() {
    var tasks = declare(new JsonObject().put("backoff", 1));
    assertThat(Await.result(tasks.lease(5, ofMillis(20)))).isEmpty();
    var waiting = tasks.lease(5, ofSeconds(10));
    Await.result(tasks.submit("a"));
    var task = Await.result(waiting).get(0);
    assertCode(tasks.ack(task.id(), "1"), FailureCode.STALE_TOKEN);
    assertCode(tasks.ack(task.id(), "no token"), FailureCode.BAD_REQUEST);
    Await.result(tasks.extend(task.id(), task.token(), ofSeconds(5)));
    Await.result(tasks.nack(task.id(), task.token(), "not yet"));
    assertCode(tasks.ack(task.id(), task.token()), FailureCode.STALE_TOKEN);
    var again = Await.result(tasks.lease(5, ofSeconds(10))).get(0);
    assertThat(again.attempt()).isEqualTo(2);
    Await.result(tasks.bury(again.id(), again.token(), "enough"));
    assertThat(Await.result(tasks.dead(5)).get(0).reasons())
      .containsExactly("not yet", "enough");
  }

  @Test
  void aLeaseThatIsExtendedByItsTokenLastsForItsTaskToo() {
    var tasks = declare(new JsonObject().put("ackTimeout", 400));
    Await.result(Future.all(tasks.submit("a"), tasks.submit("b")));
    var leased = Await.result(tasks.lease(2, ofSeconds(10)));
    Await.result(tasks.extend(leased.get(0).id(), leased.get(0).token(), ofSeconds(60)));
    var again = Await.result(tasks.lease(1, ofSeconds(10))).get(0);
    assertThat(again.id()).isEqualTo(leased.get(1).id());
    Await.result(again.ack());
    Await.result(leased.get(0).ack());
  }

  @Test
  void whoeverWaitsNoLongerIsGivenNothingMore() {
    var tasks = declare(new JsonObject().put("maxAttempts", 1));
    Promise<Void> gone = Promise.promise();
    var waiting = tasks.lease(5, ofSeconds(10), gone.future());
    Await.result(tasks.counts());
    gone.complete();
    assertThat(Await.result(waiting, ofSeconds(5))).isEmpty();
    Await.result(tasks.submit("a"));
    assertThat(Await.result(tasks.counts()).ready()).isEqualTo(1);
  }

  @Test
  void whatIsGivenBackIsNoAttemptAndComesFirst() {
    var tasks = declare(new JsonObject().put("maxAttempts", 1));
    Await.result(tasks.submit("a"));
    Await.result(tasks.submit("b"));
    var task = Await.result(tasks.lease(1, ofSeconds(10))).get(0);
    Await.result(task.giveBack());
    assertCode(tasks.ack(task.id(), task.token()), FailureCode.STALE_TOKEN);
    var again = Await.result(tasks.lease(1, ofSeconds(10))).get(0);
    assertThat(again.body()).isEqualTo("a");
    assertThat(again.attempt()).isEqualTo(1);
  }

  @Test
  void whatIsNoTaskExchange() {
    assertCode(board.tasks("absent").submit("x"), FailureCode.NO_EXCHANGE);
    Await.result(board.declare("requests", Kind.REQUEST, new JsonObject()));
    assertCode(board.tasks("requests").submit("x"), FailureCode.CONFLICT);
    assertCode(board.tasks("requests").work(task -> null), FailureCode.CONFLICT);
    assertCode(board.requests(declare().name()).request("x"), FailureCode.CONFLICT);
    assertCode(declare().submit(new Object()), FailureCode.BAD_REQUEST);
  }

  @Test
  void aWorkerDeclaresTheExchange() {
    Await.result(board.tasks("by-worker").work(task -> Future.succeededFuture()));
    Await.result(board.tasks("by-worker").submit("x"));
    Await.until("done", () -> Await.result(board.tasks("by-worker").counts()).acked() == 1);
  }

  @Test
  void manyTasksThroughManyWorkers() {
    var tasks = declare();
    var seen = new ConcurrentLinkedQueue<Object>();
    for (int i = 0; i < 4; i++) {
      Await.result(tasks.work(WorkOptions.prefetch(64), task -> {
        seen.add(task.body());
        return Future.succeededFuture();
      }));
    }
    var all = IntStream.range(0, 20_000).mapToObj(tasks::submit).toList();
    Await.result(Future.all(all));
    Await.until("all are acked", () -> Await.result(tasks.counts()).acked() == 20_000);
    assertThat(seen).hasSize(20_000).doesNotHaveDuplicates();
  }
}

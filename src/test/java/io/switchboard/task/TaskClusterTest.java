package io.switchboard.task;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Task exchanges of a cluster: from any node to any node, and through the stop of owners. */
class TaskClusterTest {
  private static LocalCluster cluster;
  private static int exchanges;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(3), ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    Await.result(cluster.stop(), ofSeconds(60));
  }

  private static String declare(JsonObject options) {
    var name = "tasks-" + exchanges++;
    Await.result(cluster.node(0).declare(name, Kind.TASK, options));
    return name;
  }

  @Test
  void fromEveryNodeToEveryNode() {
    var name = declare(new JsonObject());
    var seen = new ConcurrentLinkedQueue<Object>();
    for (int i = 0; i < 3; i++) {
      Await.result(cluster.node(i).tasks(name).work(task -> {
        seen.add(task.body());
        return Future.succeededFuture();
      }));
    }
    var all = IntStream.range(0, 3_000)
      .mapToObj(i -> cluster.node(i % 3).tasks(name).submit(i)).toList();
    Await.result(Future.all(all));
    Await.until("all are acked", () -> counts(cluster.node(1), name).acked() == 3_000);
    assertThat(seen).hasSize(3_000).doesNotHaveDuplicates();
    assertThat(counts(cluster.node(2), name).submitted()).isEqualTo(3_000);
  }

  private static TaskCounts counts(Switchboard board, String name) {
    return Await.result(board.tasks(name).counts());
  }

  @Test
  void anExchangeThatIsDeletedTakesItsTasksAlong() {
    var name = declare(new JsonObject());
    Await.result(cluster.node(1).tasks(name).submit("old"));
    Await.result(cluster.node(2).delete(name));
    Await.result(cluster.node(1).declare(name, Kind.TASK, new JsonObject()));
    var id = Await.result(cluster.node(0).tasks(name).submit("new"));
    assertThat(counts(cluster.node(0), name).ready()).isEqualTo(1);
    var leased = Await.result(cluster.node(1).tasks(name).lease(4, ofSeconds(10)));
    assertThat(leased).extracting(Task::id).containsExactly(id);
  }

  @Test
  void aVerdictFromAnyNodeByIdAndToken() {
    var name = declare(new JsonObject());
    var id = Await.result(cluster.node(0).tasks(name).submit("x"));
    var task = Await.result(cluster.node(1).tasks(name).lease(4, ofSeconds(10))).get(0);
    assertThat(task.id()).isEqualTo(id);
    Await.result(cluster.node(2).tasks(name).ack(id, task.token()));
    assertThat(Await.failure(task.ack())).isInstanceOfSatisfying(SwitchboardException.class,
      failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALE_TOKEN));
  }

  /** They are read a part at a time after the takeover; whoever asks meanwhile waits. */
  @Test
  void manyIdempotencyKeysOutliveTheirOwner() {
    var other = Await.result(LocalCluster.start(2), ofSeconds(60));
    try {
      Await.result(other.node(0).declare("many", Kind.TASK, new JsonObject()));
      var stored = submitKeyed(other.node(0), 6_000);
      Await.result(other.node(0).stop(), ofSeconds(40));
      assertThat(submitKeyed(other.node(1), 6_000)).isEqualTo(stored);
      assertThat(Await.failure(other.node(1).tasks("many").submit("different",
        SubmitOptions.DEFAULT.idempotencyKey("5999"))))
        .isInstanceOfSatisfying(SwitchboardException.class,
          failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONFLICT));
      assertThat(counts(other.node(1), "many").ready()).isEqualTo(6_000);
    } finally {
      Await.result(other.stop(), ofSeconds(60));
    }
  }

  private static List<TaskId> submitKeyed(Switchboard board, int many) {
    var ids = IntStream.range(0, many).mapToObj(i -> board.tasks("many").submit("same",
      SubmitOptions.DEFAULT.idempotencyKey(String.valueOf(i)))).toList();
    Await.result(Future.all(ids), ofSeconds(30));
    return ids.stream().map(Future::result).toList();
  }

  @Test
  void nothingIsLostWhenNodesStopInOrderAndTheLastOneCollectsToo() {
    var other = Await.result(LocalCluster.start(3), ofSeconds(60));
    try {
      var collected = collectEverywhere(other);
      awaitCollected(other, collected, 0);
      var name = "orders";
      Await.result(other.node(0).declare(name, Kind.TASK, new JsonObject()));
      var seen = new ConcurrentLinkedQueue<Integer>();
      var keyed = new ConcurrentLinkedQueue<Integer>();
      Await.result(other.node(2).tasks(name).work(task -> later(other.node(2), () -> {
        seen.add((Integer) task.body());
        if (task.key() != null) {
          keyed.add((Integer) task.body());
        }
      })));
      Await.result(other.node(1).tasks(name).work(task -> later(other.node(1), () -> {
        seen.add((Integer) task.body());
        if (task.key() != null) {
          keyed.add((Integer) task.body());
        }
      })));
      var stored = new AtomicInteger();
      var submitted = new ArrayList<Future<TaskId>>();
      submit(other, submitted, stored, 0, 400);
      Await.until("some are stored", () -> stored.get() > 200);
      Await.result(other.node(0).stop(), ofSeconds(40));
      awaitCollected(other, collected, 1);
      submit(other, submitted, stored, 400, 800);
      Await.until("more are stored", () -> stored.get() > 600);
      Await.result(other.node(1).stop(), ofSeconds(40));
      awaitCollected(other, collected, 2);
      submit(other, submitted, stored, 800, 1_000);
      Await.result(Future.all(submitted), ofSeconds(30));
      Await.until("all are done", () -> new HashSet<>(seen).size() == 1_000);
      Await.until("nothing is left", () -> counts(other.node(2), name).ready() == 0
        && counts(other.node(2), name).leased() == 0);
      assertThat(List.copyOf(keyed)).isSorted();
    } finally {
      Await.result(other.stop(), ofSeconds(60));
    }
  }

  /** Attached in the order of the nodes; returns what they get, and where. */
  private static Queue<String> collectEverywhere(LocalCluster cluster) {
    Await.result(cluster.node(0).declare("entries", Kind.COLLECT, new JsonObject()));
    var collected = new ConcurrentLinkedQueue<String>();
    for (int i = 0; i < cluster.size(); i++) {
      var board = cluster.node(i);
      Await.result(board.collect("entries").collect(entry -> {
        collected.add(entry.body() + " at " + board.nodeName());
        return null;
      }));
    }
    return collected;
  }

  private static void awaitCollected(
    LocalCluster cluster, Queue<String> collected, int active) {
    Await.result(cluster.node(2).collect("entries").emit("entry " + active));
    var expected = "entry " + active + " at " + cluster.node(active).nodeName();
    Await.until(expected, () -> collected.contains(expected));
  }

  /** Every tenth is of one key; submitted by the node that stays. */
  private Future<TaskId> lastOfKey = Future.succeededFuture();

  private void submit(LocalCluster cluster, List<Future<TaskId>> submitted,
    AtomicInteger stored, int from, int to) {
    var options = SubmitOptions.DEFAULT.timeout(ofSeconds(25));
    var tasks = cluster.node(2).tasks("orders");
    for (int i = from; i < to; i++) {
      int number = i;
      // Order within a key is that of storing: each waits for the one before.
      var task = number % 10 != 0 ? tasks.submit(number, options)
        : lastOfKey.compose(before -> tasks.submit(number, options.key("k")));
      lastOfKey = number % 10 == 0 ? task : lastOfKey;
      submitted.add(task.onSuccess(id -> stored.incrementAndGet()));
    }
  }

  private static Future<Void> later(Switchboard board, Runnable action) {
    Promise<Void> done = Promise.promise();
    board.vertx().setTimer(2, id -> {
      action.run();
      done.complete();
    });
    return done.future();
  }

  private static void fill(Switchboard board, String name, int many) {
    Await.result(board.declare(name, Kind.TASK, new JsonObject()));
    var tasks = board.tasks(name);
    var body = Buffer.buffer(new byte[128]);
    for (int left = many; left > 0; left -= 10_000) {
      Await.result(Future.all(IntStream.range(0, Math.min(left, 10_000))
        .mapToObj(i -> tasks.submit(body)).toList()), ofSeconds(60));
    }
  }

  @Test
  void aDelayedAFailedAndADeadTaskOutliveTheirOwner() {
    var other = Await.result(LocalCluster.start(2), ofSeconds(60));
    try {
      var staying = other.node(1);
      var names = IntStream.range(0, 4).mapToObj(i -> "survive-" + i).toList();
      for (var name : names) {
        Await.result(staying.declare(name, Kind.TASK, new JsonObject().put("maxAttempts", 1)));
        var tasks = staying.tasks(name);
        Await.result(tasks.submit("delayed", SubmitOptions.DEFAULT.delay(ofMillis(600_000))));
        Await.result(tasks.submit("bad", SubmitOptions.DEFAULT.idempotencyKey("once")));
        var bad = Await.result(tasks.lease(1, ofSeconds(10))).get(0);
        Await.result(bad.nack("too bad"));
        Await.result(tasks.submit("held"));
      }
      int many = Boolean.getBoolean("long") ? 100_000 : 10_000;
      fill(staying, "full", many);
      var held = names.stream()
        .map(name -> Await.result(staying.tasks(name).lease(1, ofSeconds(10))).get(0)).toList();
      Await.result(other.node(0).stop(), ofSeconds(40));
      assertThat(counts(staying, "full").ready()).isEqualTo(many);
      for (int i = 0; i < names.size(); i++) {
        var tasks = staying.tasks(names.get(i));
        // The lease was told to the new owner: its token is good, and nobody else got the task.
        Await.result(held.get(i).ack());
        var counts = Await.result(tasks.counts());
        assertThat(counts.delayed()).isEqualTo(1);
        assertThat(counts.dead()).isEqualTo(1);
        assertThat(counts.ready() + counts.leased()).isZero();
        var letter = Await.result(tasks.dead(1)).get(0);
        assertThat(letter.reasons()).containsExactly("too bad");
        assertThat(Await.result(tasks.submit("bad", SubmitOptions.DEFAULT
          .idempotencyKey("once")))).isEqualTo(letter.id());
      }
    } finally {
      Await.result(other.stop(), ofSeconds(60));
    }
  }
}

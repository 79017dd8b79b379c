package io.switchboard.task;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.node.Node;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.switchboard.trunk.OneSide;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of what the owner of a queue was asked, when the answer does not come. */
class OperationsTest {
  private static final List<String> NAMES =
    IntStream.range(0, 6).mapToObj(number -> "queue-" + number).toList();

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = started();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      Await.result(cluster.stop(), ofSeconds(60));
    }
  }

  private static LocalCluster started() {
    var two = Await.result(LocalCluster.start(2), ofSeconds(60));
    NAMES.forEach(name -> Await.result(two.node(1).declare(name, Kind.TASK, new JsonObject())));
    return two;
  }

  private static Task leased(String name) {
    var board = cluster.node(1);
    Await.result(board.tasks(name).submit(name));
    return Await.result(board.tasks(name).lease(1, ofSeconds(10))).get(0);
  }

  @Test
  void anOwnerThatAloneHadLostSightAnswersYet() {
    var held = NAMES.stream().map(OperationsTest::leased).toList();
    var acks = new ArrayList<Future<Void>>();
    OneSide.losesSight(trunks(0), () -> held.forEach(task -> acks.add(task.ack())));
    Await.until("every ack has an answer", () -> acks.stream().allMatch(Future::isComplete));
  }

  @Test
  void whoeverLosesSightOfAnOwnerKeepsWhatItHasInHand() {
    var held = NAMES.stream().map(OperationsTest::leased).toList();
    var before = redelivered();
    OneSide.losesSight(trunks(1), () -> { });
    for (var task : held) {
      Await.result(task.ack());
    }
    assertThat(redelivered()).isEqualTo(before);
  }

  private static List<Long> redelivered() {
    return NAMES.stream()
      .map(name -> Await.result(cluster.node(0).tasks(name).counts()).redelivered()).toList();
  }

  private static Trunks trunks(int node) {
    return Node.of(cluster.node(node).vertx()).tasks().trunks();
  }

  @Test
  void theOrderOfAKeyOutlivesAnOwnerThatStops() {
    var own = started();
    var board = own.node(1);
    var enough = new AtomicBoolean();
    Promise<List<Future<TaskId>>> all = Promise.promise();
    var options = SubmitOptions.DEFAULT.key("k").timeout(ofSeconds(20));
    board.vertx().runOnContext(ignored -> {
      var submitted = new ArrayList<Future<TaskId>>();
      board.vertx().setPeriodic(1, id -> {
        for (int i = 0; i < 5; i++) {
          int number = submitted.size();
          NAMES.forEach(name -> submitted.add(board.tasks(name).submit(number, options)));
        }
        if (enough.get()) {
          board.vertx().cancelTimer(id);
          all.complete(submitted);
        }
      });
    });
    Await.result(own.node(0).stop(), ofSeconds(40));
    enough.set(true);
    var submitted = Await.result(all.future(), ofSeconds(10));
    Await.result(Future.join(submitted), ofSeconds(30));
    for (var name : NAMES) {
      var seen = new CopyOnWriteArrayList<Integer>();
      Await.result(board.tasks(name).work(task -> {
        seen.add((Integer) task.body());
        return Future.succeededFuture();
      }));
      Await.until("all tasks of " + name,
        () -> seen.size() >= submitted.size() / NAMES.size());
      assertThat(seen).isSorted();
    }
    Await.result(own.stop(), ofSeconds(60));
  }

  @Test
  void aVerdictOnATaskOfADeletedExchangeFails() {
    Await.result(cluster.node(1).declare("deleted", Kind.TASK, new JsonObject()));
    var held = leased("deleted");
    Await.result(cluster.node(1).delete("deleted"));
    assertThat(Await.failure(held.ack())).isInstanceOfSatisfying(SwitchboardException.class,
      refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.NO_EXCHANGE));
  }

  @Test
  void thousandsMayRepeatOneKeyAtOnce() {
    var board = cluster.node(1);
    Await.result(board.declare("repeated", Kind.TASK, new JsonObject()));
    var tasks = board.tasks("repeated");
    Promise<List<Future<TaskId>>> all = Promise.promise();
    // A queue that is opened just now takes fewer that wait for its keys.
    Await.result(tasks.submit("before", SubmitOptions.DEFAULT.idempotencyKey("another")));
    var options = SubmitOptions.DEFAULT.idempotencyKey("same");
    board.vertx().runOnContext(ignored -> all.complete(IntStream.range(0, 60_000)
      .mapToObj(number -> tasks.submit("once", options)).toList()));
    var submitted = Await.result(all.future(), ofSeconds(20));
    Await.result(Future.all(submitted), ofSeconds(20));
    assertThat(submitted.stream().map(Future::result).distinct()).hasSize(1);
    assertThat(Await.result(tasks.counts()).ready()).isEqualTo(2);
  }
}

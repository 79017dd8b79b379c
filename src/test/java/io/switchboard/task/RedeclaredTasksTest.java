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
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A task exchange that is deleted and declared anew is another one: empty, with its options. */
class RedeclaredTasksTest {
  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    Await.result(cluster.stop(), ofSeconds(60));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }

  private static void declare(Switchboard board, String name, JsonObject options) {
    Await.result(board.declare(name, Kind.TASK, options));
  }

  private static void itsOptionsCount(Switchboard board, String name) {
    declare(board, name, new JsonObject().put("maxTasks", 5));
    Await.result(board.delete(name));
    declare(board, name, new JsonObject().put("maxTasks", 1));
    Await.result(board.tasks(name).submit(1));
    assertThat(((SwitchboardException) Await.failure(board.tasks(name).submit(2))).code())
      .isEqualTo(FailureCode.OVERLOADED);
  }

  @Test
  void itsOptionsCountInACluster() {
    names("options", 10).forEach(name -> itsOptionsCount(cluster.node(0), name));
  }

  @Test
  void itsOptionsCountOnOneNode() {
    var vertx = Vertx.vertx();
    var board = Await.result(Switchboard.start(vertx, new JsonObject()));
    names("alone", 30).forEach(name -> itsOptionsCount(board, name));
    Await.result(board.stop());
    Await.result(vertx.close());
  }

  @Test
  void nothingIsLeftOfTheOldOne() {
    var board = cluster.node(0);
    for (var name : names("at-once", 6)) {
      for (int i = 1; i <= 2; i++) {
        declare(board, name, new JsonObject().put("backups", i));
        Await.result(Future.all(board.tasks(name).submit("old"), board.tasks(name).submit("old")));
        var deleted = board.delete(name);
        declare(cluster.node(0), name, new JsonObject().put("backups", 1));
        assertThat(Await.result(deleted)).isTrue();
        Await.result(cluster.node(1).tasks(name).submit("new"));
        assertThat(Await.result(board.tasks(name).counts()).ready()).isEqualTo(1);
        var tasks = Await.result(cluster.node(1).tasks(name).lease(4, ofSeconds(10)));
        assertThat(tasks).extracting(Task::body).containsExactly("new");
        Await.result(tasks.get(0).ack());
        Await.result(board.delete(name));
      }
    }
  }

  @Test
  void whatIsAskedMeanwhileGetsToTheNewOne() {
    var board = cluster.node(1);
    for (var name : names("meanwhile", 6)) {
      declare(board, name, new JsonObject());
      var taken = board.tasks(name).lease(1, ofSeconds(20));
      var deleted = board.delete(name);
      declare(board, name, new JsonObject().put("backups", 2));
      Await.result(deleted);
      var ids = IntStream.range(0, 5).mapToObj(board.tasks(name)::submit).toList();
      Await.result(Future.all(ids));
      assertThat(Await.result(taken)).hasSize(1);
      assertThat(Await.result(board.tasks(name).counts()).submitted()).isEqualTo(5);
    }
  }

  @Test
  void anotherKindComesBetween() {
    var board = cluster.node(0);
    for (var name : names("kinds", 6)) {
      declare(board, name, new JsonObject());
      Await.result(board.tasks(name).submit("old"));
      Await.result(board.delete(name));
      Await.result(board.declare(name, Kind.REQUEST, new JsonObject()));
      Await.result(board.delete(name));
      declare(board, name, new JsonObject());
      assertThat(Await.result(cluster.node(1).tasks(name).lease(1, ofMillis(50)))).isEmpty();
      assertThat(Await.result(board.tasks(name).counts()).ready()).isZero();
    }
  }

  @Test
  void whatIsConfirmedOutlivesItsOwner() {
    var other = Await.result(LocalCluster.start(2), ofSeconds(60));
    var staying = other.node(1);
    var ids = new ArrayList<Future<TaskId>>();
    var names = names("precious", 8);
    for (var name : names) {
      declare(staying, name, new JsonObject().put("backups", 2));
      Await.result(staying.delete(name));
      declare(staying, name, new JsonObject().put("backups", 1));
      ids.add(staying.tasks(name).submit("precious"));
    }
    Await.result(Future.all(ids));
    Await.result(other.node(0).stop(), ofSeconds(40));
    assertThat(names).allSatisfy(name ->
      assertThat(Await.result(staying.tasks(name).counts()).ready()).isEqualTo(1));
    Await.result(other.stop(), ofSeconds(60));
  }
}

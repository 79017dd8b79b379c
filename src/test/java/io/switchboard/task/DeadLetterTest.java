package io.switchboard.task;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is shown of dead letters, wherever their queue is. */
class DeadLetterTest {
  private static final int MIB = 1 << 20;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() {
    cluster = Await.result(LocalCluster.start(2), ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    Await.result(cluster.stop(), ofSeconds(60));
  }

  private static TaskExchange at(int node, String exchange) {
    return cluster.node(node).tasks(exchange);
  }

  private static void declare(String exchange) {
    Await.result(cluster.node(0).declare(
      exchange, Kind.TASK, new JsonObject().put("backups", 0)));
  }

  private static TaskId bury(String exchange, Object body, String reason) {
    var id = Await.result(at(0, exchange).submit(body));
    Await.result(Await.result(at(0, exchange).lease(1, ofSeconds(10))).get(0).bury(reason));
    return id;
  }

  @Test
  void aVeryLargeOneIsListedWithoutItsBodyAndHidesNoOther() {
    declare("large");
    var large = bury("large", new byte[50 * MIB], "too much");
    var small = bury("large", "small", "too little");
    for (int node = 0; node < 2; node++) {
      var letters = Await.result(at(node, "large").dead(10));
      assertThat(letters).extracting(DeadLetter::id).containsExactly(large, small);
      assertThat(letters.get(0).isLeftOut()).isTrue();
      assertThat(letters.get(0).body()).isNull();
      assertThat(letters.get(0).bytes()).isGreaterThanOrEqualTo(50 * MIB);
      assertThat(letters.get(0).reasons()).containsExactly("too much");
      assertThat(letters.get(1).isLeftOut()).isFalse();
      assertThat(letters.get(1).body()).isEqualTo("small");
    }
    assertThat(Await.result(at(1, "large").revive(large))).isTrue();
    var again = Await.result(at(1, "large").lease(1, ofSeconds(10))).get(0);
    assertThat((byte[]) again.body()).hasSize(50 * MIB);
    Await.result(again.bury("still too much"));
    assertThat(Await.result(at(1, "large").drop(large))).isTrue();
  }

  @Test
  void aLargeOneIsListedAloneAndManyReasonsCountAsWell() {
    declare("several");
    var first = bury("several", new byte[3 * MIB], "");
    bury("several", "second", "");
    var alone = Await.result(at(1, "several").dead(10));
    assertThat(alone).extracting(DeadLetter::id).containsExactly(first);
    assertThat((byte[]) alone.get(0).body()).hasSize(3 * MIB);
    Await.result(at(1, "several").drop(first));
    bury("several", new byte[MIB - 800], "x".repeat(1_000));
    assertThat(Await.result(at(1, "several").dead(10))).hasSize(1);
  }
}

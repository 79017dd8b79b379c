package io.switchboard.task;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What of leases outlives the owner of their queue. Each case is prepared on some exchanges, of
 * which the node that stops then owned about half.
 */
class TakeoverTest {
  private static final int EXCHANGES = 6;

  private static LocalCluster cluster;
  private static Switchboard staying;

  /** Exchanges on which one case was prepared, and the leases that it is about. */
  private static final class Prepared {
    private final List<TaskExchange> exchanges = new ArrayList<>();
    private final List<Task> held = new ArrayList<>();

    private Prepared(String name, JsonObject options, Preparation preparation) {
      for (int i = 0; i < EXCHANGES; i++) {
        Await.result(staying.declare(name + "-" + i, Kind.TASK, options));
        exchanges.add(staying.tasks(name + "-" + i));
        held.add(preparation.prepare(exchanges.get(i)));
      }
    }

    private void each(BiConsumer<TaskExchange, Task> look) {
      for (int i = 0; i < EXCHANGES; i++) {
        look.accept(exchanges.get(i), held.get(i));
      }
    }
  }

  @FunctionalInterface
  private interface Preparation {
    Task prepare(TaskExchange tasks);
  }

  private static Prepared leased;
  private static Prepared extended;
  private static Prepared requeued;
  private static Prepared passedOn;
  private static Prepared revived;

  @BeforeAll
  static void anOwnerStops() {
    cluster = Await.result(LocalCluster.start(2), ofSeconds(60));
    staying = cluster.node(1);
    leased = new Prepared("leased", new JsonObject(), tasks -> {
      Await.result(tasks.submit("held"));
      return lease(tasks, 10);
    });
    extended = new Prepared("extended", new JsonObject().put("ackTimeout", 500), tasks -> {
      Await.result(tasks.submit("held"));
      var held = lease(tasks, 1);
      Await.result(tasks.extend(held.id(), held.token(), ofSeconds(60)));
      return held;
    });
    requeued = new Prepared("requeued", new JsonObject(), tasks -> {
      Await.result(tasks.submit("held"));
      var before = lease(tasks, 1);
      Await.result(tasks.requeue(before.id(), before.token(), Duration.ZERO, "not mine"));
      return lease(tasks, 1);
    });
    passedOn = new Prepared("passed-on", new JsonObject(), tasks -> {
      var silent = new AtomicInteger();
      Await.result(tasks.work(
        WorkOptions.prefetch(1).ackTimeout(ofMillis(150)).manual(), task -> {
          silent.incrementAndGet();
          return null;
        }));
      Await.result(tasks.submit("held"));
      Await.until("a worker has it", () -> silent.get() == 1);
      return lease(tasks, 1);
    });
    revived = new Prepared("revived", new JsonObject(), tasks -> {
      var key = SubmitOptions.DEFAULT.key("k");
      Await.result(tasks.submit("letter", key));
      var letter = lease(tasks, 1);
      Await.result(letter.bury("no"));
      Await.result(tasks.submit("held", key));
      var held = lease(tasks, 1);
      Await.result(tasks.revive(letter.id()));
      Await.result(tasks.submit("last", key));
      return held;
    });
    Await.result(cluster.node(0).stop(), ofSeconds(40));
  }

  @AfterAll
  static void stop() {
    Await.result(cluster.stop(), ofSeconds(60));
  }

  private static Task lease(TaskExchange tasks, int most) {
    var got = Await.result(tasks.lease(most, ofSeconds(10)));
    assertThat(got).hasSize(1);
    return got.get(0);
  }

  /** The roll call may take a moment longer than the stop. */
  private static void awaitAdopted(TaskExchange tasks) {
    Await.until("what is in hand stays there",
      () -> Await.result(tasks.counts()).leased() == 1);
  }

  @Test
  void aLeaseThatWasFilledTakesNoMoreOfALaterOwner() {
    leased.each((tasks, held) -> {
      Await.result(tasks.submit("next"));
      var next = lease(tasks, 1);
      assertThat(next.body()).isEqualTo("next");
      assertThat(next.attempt()).isEqualTo(1);
      Await.result(next.ack());
      Await.result(held.ack());
    });
  }

  @Test
  void aLeaseThatWasExtendedByItsTokenLastsAtALaterOwner() {
    extended.each((tasks, held) -> {
      awaitAdopted(tasks);
      Await.result(held.ack());
    });
  }

  @Test
  void theLastOneThatGotATaskKeepsIt() {
    requeued.each((tasks, held) -> Await.result(held.ack()));
    passedOn.each((tasks, held) -> {
      assertThat(held.attempt()).isEqualTo(2);
      Await.result(held.ack());
    });
  }

  @Test
  void aRevivedTaskStandsBehindTheOneOfItsKeyThatIsInHand() {
    revived.each((tasks, held) -> {
      awaitAdopted(tasks);
      assertThat(Await.result(tasks.counts()).ready()).isEqualTo(2);
      Await.result(held.ack());
      var next = lease(tasks, 5);
      assertThat(next.body()).isEqualTo("letter");
      assertThat(next.attempt()).isEqualTo(1);
      Await.result(next.ack());
      assertThat(lease(tasks, 5).body()).isEqualTo("last");
    });
  }
}

package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import io.switchboard.LocalCluster;
import io.switchboard.testing.Await;
import io.switchboard.testing.Flood;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ManyExchangesTest {
  private static final int MANY = 10_000;
  /** A node's control address, the common one, and an address for each lane. */
  private static final int MOST_SUBSCRIPTIONS = 2 + Runtime.getRuntime().availableProcessors() * 2;

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

  private static int subscriptions() {
    var member = Hazelcast.getAllHazelcastInstances().stream()
      .filter(each -> each.getConfig().getClusterName().equals(cluster.node(0).clusterName()))
      .findFirst().orElseThrow();
    return member.getMultiMap("__vertx.subs").size();
  }

  @Test
  void tenThousandExchangesOfOneNodeAreReachedFromTheOther() {
    assertThat(subscriptions()).isBetween(2, 2 * MOST_SUBSCRIPTIONS);
    Promise<Object> served = Promise.promise();
    cluster.node(0).vertx().getOrCreateContext().runOnContext(ignored -> {
      var attached = new ArrayList<Future<Attachment>>();
      for (int i = 0; i < MANY; i++) {
        int number = i;
        attached.add(cluster.node(0).requests("many-" + i)
          .serve(request -> Future.succeededFuture(number)));
      }
      Future.all(attached).<Object>mapEmpty().onComplete(served);
    });
    Await.result(served.future());
    var answers = Flood.of(cluster.node(1).vertx(), MANY, 256, i -> cluster.node(1)
      .requests("many-" + i).request("").map(reply -> {
        assertThat(reply.body()).isEqualTo(i);
        return reply;
      }));
    assertThat(Await.result(answers)).isEqualTo(MANY);
    assertThat(subscriptions()).isBetween(2, 2 * MOST_SUBSCRIPTIONS);
  }
}

package io.switchboard.task.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import io.switchboard.task.Change;
import io.switchboard.task.Slot;
import io.switchboard.task.Store;
import io.switchboard.testing.Await;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two members on loopback. */
class ClusterStoreTest extends StoreContract {
  private static Vertx vertx;
  private static HazelcastInstance first;
  private static HazelcastInstance second;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    var name = "store-" + UUID.randomUUID();
    first = member(name, "127.0.0.1:1");
    var address = first.getCluster().getLocalMember().getAddress();
    second = member(name, "127.0.0.1:" + address.getPort());
    Await.until("two members", () -> first.getCluster().getMembers().size() == 2);
  }

  private static HazelcastInstance member(String name, String join) {
    var config = new Config().setClusterName(name)
      .setProperty("hazelcast.logging.type", "slf4j")
      .setProperty("hazelcast.phone.home.enabled", "false")
      .setProperty("hazelcast.shutdownhook.enabled", "false")
      .setProperty("hazelcast.wait.seconds.before.join", "0")
      .setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true)
      .addInterface("127.0.0.1");
    var joining = config.getNetworkConfig().getJoin();
    joining.getAutoDetectionConfig().setEnabled(false);
    joining.getMulticastConfig().setEnabled(false);
    joining.getTcpIpConfig().setEnabled(true).setMembers(List.of(join));
    ClusterStore.configure(config);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stop() {
    second.shutdown();
    first.shutdown();
    Await.result(vertx.close());
  }

  @Override
  Store one() {
    return new ClusterStore(vertx, first, members -> true);
  }

  @Override
  Store other() {
    return new ClusterStore(vertx, second, members -> true);
  }

  @Test
  void bothMembersNameTheSameOwner() {
    for (int i = 0; i < 50; i++) {
      var exchange = "exchange-" + i;
      var seen = List.of(one().owner(exchange), other().owner(exchange));
      // To exactly one of them it is its own node.
      assertThat(seen).containsOnlyOnce("");
    }
  }

  @Test
  void aWriteIsStoredOnlyWhileThereIsAQuorum() {
    var looks = new AtomicInteger(1);
    var store = new ClusterStore(vertx, first, members -> looks.getAndDecrement() > 0);
    var ledger = Await.result(store.open("parted", 1, 0, epoch -> { })).ledger();
    var put = List.of(new Change(
      Change.Action.PUT, new Slot(Slot.Type.SEGMENT, ledger.epoch(), 0), 0, new byte[1]));
    assertThat(Await.failure(ledger.write(put))).hasMessageContaining("too few");
    // It is lost while the write is under way.
    looks.set(1);
    assertThat(Await.failure(ledger.write(put))).hasMessageContaining("too few");
    looks.set(2);
    assertThat(Await.result(ledger.write(put))).isTrue();
  }

  private static List<Long> timesToLive(String exchange) {
    var map = first.<String, Object>getMap("switchboard.tasks.1");
    return map.keySet().stream().filter(key -> key.endsWith("@" + exchange))
      .map(key -> map.getEntryView(key).getTtl()).toList();
  }

  @Test
  void nothingStaysOfWhatWasErased() {
    Await.result(one().open("left", 1, 0, epoch -> { }));
    Await.result(other().open("left", 1, 0, epoch -> { }));
    assertThat(timesToLive("left")).hasSizeGreaterThan(1).containsOnly(Long.MAX_VALUE);
    Await.result(one().erase("left", 1));
    assertThat(timesToLive("left"))
      .containsOnly(TimeUnit.MINUTES.toMillis(ExpireProcessor.AFTER_MINUTES));
    Await.result(one().open("left", 1, 1, epoch -> { }));
    assertThat(timesToLive("left")).containsOnly(Long.MAX_VALUE);
  }

  /** Seals that are five minutes old. */
  private static final class Ageing implements EntryProcessor<String, Object, Void> {
    private static final long serialVersionUID = 1;

    @Override
    public Void process(Map.Entry<String, Object> entry) {
      if (entry.getValue() instanceof Cell cell && cell.isSealed()) {
        entry.setValue(Cell.sealed(
          cell.epoch(), System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(6)));
      }
      return null;
    }
  }

  @Test
  void whatWasSealedLongAgoIsGivenBack() {
    var map = first.<String, Object>getMap("switchboard.tasks.1");
    Await.result(one().open("aged", 1, 0, epoch -> { }));
    Await.result(one().open("aged", 1, 0, epoch -> { }));
    var aged = map.keySet().stream().filter(key -> key.endsWith("@aged"))
      .filter(key -> map.get(key) instanceof Cell).toList();
    assertThat(aged).isNotEmpty();
    aged.forEach(key -> map.executeOnKey(key, new Ageing()));
    Await.result(one().open("aged", 1, 0, epoch -> { }));
    Await.until("they are gone", () -> aged.stream().noneMatch(map::containsKey));
  }

  private static int slots(Store store, int backups, int life) {
    return Await.result(store.open("moved", backups, life, epoch -> { })).slots().size();
  }

  @Test
  void otherBackupsLoseNothingOfTheSameLife() {
    var ledger = Await.result(one().open("moved", 1, 0, epoch -> { })).ledger();
    assertThat(Await.result(ledger.write(List.of(new Change(
      Change.Action.PUT, new Slot(Slot.Type.SEGMENT, ledger.epoch(), 0), 0, new byte[1])))))
      .isTrue();
    assertThat(slots(other(), 2, 0)).isEqualTo(1);
    assertThat(slots(one(), 2, 1)).isZero();
    assertThat(slots(other(), 1, 1)).isZero();
    Await.result(one().erase("moved", 2));
    assertThat(slots(one(), 1, 2)).isZero();
  }

  @Test
  void withoutAQuorumNothingIsOpened() {
    var store = new ClusterStore(vertx, first, members -> false);
    assertThat(store.hasQuorum()).isFalse();
    assertThat(Await.failure(store.open("x", 1, 0, epoch -> { }))).hasMessageContaining("too few");
  }
}

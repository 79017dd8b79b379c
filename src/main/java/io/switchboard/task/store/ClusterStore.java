package io.switchboard.task.store;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import com.hazelcast.query.Predicates;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.switchboard.exchange.TaskOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.task.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tasks in maps of the cluster's memory, with synchronous backups: they survive the loss
 * of as many nodes at a time as there are backups, not that of all. All slots of an exchange are
 * in one partition, and its queue is owned by the node that owns that partition.
 */
public final class ClusterStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterStore.class);
  /** One map for each number of backups, which is a property of the map. */
  private static final String MAP = "switchboard.tasks.";

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final IntPredicate isEnough;
  private final Map<Integer, Future<IMap<String, Object>>> maps = new ConcurrentHashMap<>();

  /**
   * The instance must have been configured by {@link #configure}.
   *
   * @param isEnough whether so many members may take tasks
   */
  public ClusterStore(Vertx vertx, HazelcastInstance hazelcast, IntPredicate isEnough) {
    this.vertx = vertx;
    this.hazelcast = hazelcast;
    this.isEnough = isEnough;
  }

  /** Declares the maps and what travels to them; before the instance starts. */
  public static void configure(Config config) {
    config.getSerializationConfig().addDataSerializableFactory(
      StoreFactory.ID, new StoreFactory());
    for (int backups = 0; backups <= TaskOptions.MAX_BACKUPS; backups++) {
      config.addMapConfig(new MapConfig(MAP + backups).setBackupCount(backups)
        // Cells stay objects: what is appended to one costs no copy of what it holds.
        .setInMemoryFormat(InMemoryFormat.OBJECT)
        .setPartitioningStrategyConfig(
          new PartitioningStrategyConfig(StringPartitioningStrategy.class.getName()))
        // The smaller part of a cluster took no tasks; what it still held is older.
        .setMergePolicyConfig(
          new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
    }
  }

  @Override
  public String owner(String exchange) {
    try {
      var owner = hazelcast.getPartitionService().getPartition(exchange).getOwner();
      return owner == null ? null : owner.localMember() ? ""
        : owner.getAddress().getHost() + ":" + owner.getAddress().getPort();
    } catch (HazelcastInstanceNotActiveException stopped) {
      return null;
    }
  }

  @Override
  public void onChange(Runnable changed, Runnable lost) {
    rehearse();
    hazelcast.getCluster().addMembershipListener(new MembershipListener() {
      @Override
      public void memberAdded(MembershipEvent event) {
        changed.run();
      }

      @Override
      public void memberRemoved(MembershipEvent event) {
        lost.run();
        changed.run();
      }
    });
    hazelcast.getPartitionService().addMigrationListener(new MigrationListener() {
      @Override
      public void migrationStarted(MigrationState state) {
        // Nothing has moved yet.
      }

      @Override
      public void migrationFinished(MigrationState state) {
        changed.run();
      }

      @Override
      public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
        if (event.getReplicaIndex() == 0) {
          changed.run();
        }
      }

      @Override
      public void replicaMigrationFailed(ReplicaMigrationEvent event) {
        // It is tried again.
      }
    });
  }

  /** What a takeover looks for first: so that a node's first one finds the code for it loaded. */
  private void rehearse() {
    map(TaskOptions.DEFAULT.backups()).compose(map -> vertx.executeBlocking(() -> map.keySet(
      Predicates.partitionPredicate("", Predicates.alwaysFalse())), false))
      .onFailure(failure -> LOG.info("The first takeover of a queue will be slower: {}",
        failure.toString()));
  }

  @Override
  public boolean hasQuorum() {
    try {
      var members = hazelcast.getCluster().getMembers().stream();
      return isEnough.test((int) members.filter(ClusterStore::keepsData).count());
    } catch (HazelcastInstanceNotActiveException stopped) {
      return false;
    }
  }

  private static boolean keepsData(Member member) {
    return !member.isLiteMember();
  }

  @Override
  public Future<Opened> open(String exchange, int backups, int life, IntConsumer begun) {
    return hasQuorum() ? where(exchange, backups, life)
      .compose(there -> opening(exchange, there))
      .compose(opening -> opening.open(life, begun)) : tooFew(exchange);
  }

  @Override
  public Future<Void> erase(String exchange, int life) {
    return hasQuorum() ? Future.join(used().stream()
      .map(each -> opening(exchange, each).compose(opening -> opening.erase(life))).toList())
      .mapEmpty() : tooFew(exchange);
  }

  private Future<Opening> opening(String exchange, int backups) {
    return map(backups).map(map -> new Opening(vertx, map, exchange, this::hasQuorum));
  }

  /**
   * The backups of the map that holds that life, or a later one. Of two declarations that were
   * made at the same time the one may win that says other backups, when tasks are stored already:
   * they stay where they are.
   */
  private Future<Integer> where(String exchange, int backups, int life) {
    var used = used();
    used.remove(backups);
    if (used.isEmpty()) {
      return Future.succeededFuture(backups);
    }
    var lives = new ConcurrentHashMap<Integer, Integer>();
    used.add(backups);
    return Future.join(used.stream().map(each -> opening(exchange, each)
      .compose(Opening::life).onSuccess(found -> lives.put(each, found))).toList()).map(all -> {
        int last = Collections.max(lives.values());
        return last < life || lives.get(backups) == last ? backups
          : lives.keySet().stream().filter(each -> lives.get(each) == last).findAny().get();
      });
  }

  private static <T> Future<T> tooFew(String exchange) {
    return Future.failedFuture(new SwitchboardException(FailureCode.NO_QUORUM,
      "too few nodes are in reach to take over queue " + exchange));
  }

  /** The maps that exist, by their backups. */
  private Set<Integer> used() {
    var used = new TreeSet<Integer>();
    try {
      for (var object : hazelcast.getDistributedObjects()) {
        if (object.getName().startsWith(MAP)) {
          used.add(Integer.valueOf(object.getName().substring(MAP.length())));
        }
      }
    } catch (HazelcastInstanceNotActiveException stopped) {
      // What is opened then fails.
    }
    return used;
  }

  /** The first use of a map makes it on all members, and waits for them. */
  private Future<IMap<String, Object>> map(int backups) {
    var known = maps.get(backups);
    if (known != null && !known.failed()) {
      return known;
    }
    var made = vertx.executeBlocking(
      () -> hazelcast.<String, Object>getMap(MAP + backups), false);
    maps.put(backups, made);
    return made;
  }
}

package io.switchboard.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A clustered Vert.x instance on a Hazelcast member with settings that fail fast: what the
 * defaults of both leave to minutes happens within seconds here.
 */
public final class HazelcastCluster {
  /** A node pings five times in it; who says nothing for so long is none. */
  private static final int BUS_IDLE_SECONDS = 10;
  /** Vert.x's own, which every node writes again for itself when a member is lost. */
  private static final Set<String> MADE_AGAIN =
    Set.of("__vertx.subs", "__vertx.haInfo", "__vertx.nodeInfo");

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final SafetyCheck safety;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final Promise<Void> left = Promise.promise();

  private HazelcastCluster(Vertx vertx, HazelcastInstance hazelcast) {
    this.vertx = vertx;
    this.hazelcast = hazelcast;
    safety = new SafetyCheck(vertx, hazelcast);
  }

  /**
   * Joins the cluster, or begins one when nobody answers.
   *
   * @param host      the address to listen on
   * @param advertise how others reach this host; null for the same
   * @param more      adds what else the member is to hold, before it starts
   */
  public static Future<HazelcastCluster> join(
    ClusterOptions options, String host, String advertise, Consumer<Config> more) {
    return join(options, host, advertise, more, BUS_IDLE_SECONDS);
  }

  static Future<HazelcastCluster> join(ClusterOptions options, String host, String advertise,
    Consumer<Config> more, int busIdleSeconds) {
    var bus = new EventBusOptions().setHost(host).setPort(options.busPort())
      .setConnectTimeout(2_000).setReconnectAttempts(0).setTrustAll(false)
      .setClusterPingInterval(2_000).setClusterPingReplyInterval(2_000)
      .setIdleTimeout(busIdleSeconds);
    if (advertise != null) {
      bus.setClusterPublicHost(advertise);
    }
    var config = MemberConfig.of(options, host, advertise);
    more.accept(config);
    return member(config).compose(hazelcast ->
      Vertx.builder().with(new VertxOptions().setEventBusOptions(bus))
        .withClusterManager(new HazelcastClusterManager(hazelcast)).buildClustered()
        .map(vertx -> new HazelcastCluster(
          vertx.exceptionHandler(new BusComplaints()), hazelcast))
        .onFailure(broken -> hazelcast.getLifecycleService().terminate()));
  }

  /** A member of our own making, so that we decide how it leaves. */
  private static Future<HazelcastInstance> member(Config config) {
    // By this, vertx-hazelcast knows the members that carry a Vert.x instance.
    config.getMemberAttributeConfig()
      .setAttribute("__vertx.nodeId", UUID.randomUUID().toString());
    return onThread("join", () -> {
      loadClasses();
      return Hazelcast.newHazelcastInstance(config);
    });
  }

  /**
   * What the first message needs: JSON, and buffers, with which the flight recorder begins. On
   * a busy machine that takes seconds, which no event loop is to spend.
   */
  private static void loadClasses() {
    var list = new JsonArray().add(1).add(true).add("text");
    new JsonObject(new JsonObject().put("list", list).toBuffer());
    ByteBufAllocator.DEFAULT.directBuffer(1).release();
  }

  /** What Hazelcast does in seconds, and without a Vert.x instance to wait on. */
  private static <T> Future<T> onThread(String name, Callable<T> action) {
    Promise<T> done = Promise.promise();
    new Thread(() -> {
      T result;
      try {
        result = action.call();
      } catch (Exception failure) {
        done.fail(failure);
        return;
      }
      done.complete(result);
    }, name).start();
    return done.future();
  }

  /** The instance on this member; closing it leaves the cluster. */
  public Vertx vertx() {
    return vertx;
  }

  /** This member, for what keeps its state in the cluster. */
  public HazelcastInstance hazelcast() {
    return hazelcast;
  }

  /** How many members there are, this one included. */
  public int size() {
    return hazelcast.getCluster().getMembers().size();
  }

  /** Where membership listens, as others reach it: HOST:PORT. */
  public String address() {
    return address(hazelcast.getCluster().getLocalMember());
  }

  /** The port where membership listens. */
  public int port() {
    return hazelcast.getCluster().getLocalMember().getSocketAddress().getPort();
  }

  /** False once the member has left or was thrown out. */
  public boolean isJoined() {
    return hazelcast.getLifecycleService().isRunning();
  }

  /**
   * True when all that this member keeps has its copies on other members, as far as there are
   * any: then it may be lost. False as well when that is not found out within half a second.
   */
  public Future<Boolean> isSafe() {
    return safety.isSafe();
  }

  /** Calls after this member was merged into another cluster; on a Hazelcast thread. */
  public void onMerged(Runnable action) {
    hazelcast.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleState.MERGED) {
        action.run();
      }
    });
  }

  /** The addresses of the other members, as {@link #address}. */
  public Set<String> others() {
    return hazelcast.getCluster().getMembers().stream().filter(member -> !member.localMember())
      .map(HazelcastCluster::address).collect(Collectors.toSet());
  }

  private static String address(Member member) {
    return member.getAddress().getHost() + ":" + member.getAddress().getPort();
  }

  /** Whether this member keeps entries, or copies of some, that others do not make again. */
  public boolean keepsAnything() {
    return hazelcast.getDistributedObjects().stream()
      .filter(each -> !MADE_AGAIN.contains(each.getName()))
      .anyMatch(each -> !(each instanceof IMap<?, ?> map)
        || map.getLocalMapStats().getOwnedEntryCount() > 0
        || map.getLocalMapStats().getBackupEntryCount() > 0);
  }

  /**
   * Leaves and closes everything, each of the two steps within the limit. Idempotent.
   *
   * @param handOver whether what this member keeps is moved to the others before
   */
  public Future<Void> leave(boolean handOver, long limitMillis) {
    // A second close would never complete: the timer and the threads for it are gone.
    if (leaving.compareAndSet(false, true)) {
      vertx.close().timeout(limitMillis, TimeUnit.MILLISECONDS)
        .eventually(() -> onThread("leave", () -> leaveCluster(handOver, limitMillis)))
        .onComplete(left);
    }
    return left.future();
  }

  private Void leaveCluster(boolean handOver, long limitMillis) throws InterruptedException {
    if (handOver) {
      // Of its two ways to leave only the orderly one moves data, and nothing limits it in
      // between: when nodes leave together, it tries again every 3 s.
      var orderly = new Thread(() -> hazelcast.getLifecycleService().shutdown(), "hand-over");
      orderly.setDaemon(true);
      orderly.start();
      orderly.join(limitMillis);
    }
    // Nothing but the connections close: the others learn of it at once.
    hazelcast.getLifecycleService().terminate();
    return null;
  }
}

package io.switchboard.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
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
    var config = config(options, host, advertise);
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

  static Config config(ClusterOptions options, String host, String advertise) {
    var config = new Config().setClusterName(options.name());
    config.setProperty("hazelcast.logging.type", "slf4j")
      .setProperty("hazelcast.shutdownhook.enabled", "false")
      .setProperty("hazelcast.phone.home.enabled", "false")
      .setProperty("hazelcast.socket.bind.any", "false")
      .setProperty("hazelcast.heartbeat.interval.seconds", "1")
      .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
      .setProperty("hazelcast.socket.connect.timeout.seconds", "2")
      // A member whose connection broke and who refuses the next ones is dead: 75 ms, not 300.
      .setProperty("hazelcast.connection.monitor.interval", "25")
      // What meets a partition on the move asks again after so long, not after 500 ms; the tries
      // of who claims to be master are counted by the next line, and stay as patient.
      .setProperty("hazelcast.invocation.retry.pause.millis", "50")
      .setProperty("hazelcast.mastership.claim.timeout.seconds", "1200")
      .setProperty("hazelcast.wait.seconds.before.join", "0")
      .setProperty("hazelcast.max.wait.seconds.before.join", "3")
      // Clusters that met only after they had formed merge within seconds, not after 300.
      .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
      .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
      // A missing backup must never be reported as success.
      .setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
    // Members alone, and not every protocol, are served on this port. And where a port serves
    // every protocol, dialling a node that stands still costs the dialler a whole processor.
    var endpoint = new ServerSocketEndpointConfig().setPort(options.port())
      .setPortAutoIncrement(!options.fixedPort() && options.port() != 0)
      .setPortCount(ClusterOptions.PORTS)
      // A node that comes back at once finds connections of its last life still on the port.
      .setReuseAddress(true);
    if (advertise != null) {
      endpoint.setPublicAddress(advertise);
    }
    endpoint.getInterfaces().setEnabled(true).addInterface(host);
    var network = config.getAdvancedNetworkConfig().setEnabled(true)
      .setMemberEndpointConfig(endpoint);
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(options.join())
      .setConnectionTimeoutSeconds(2);
    // What vertx-hazelcast's own configuration file declares, but for one thing.
    // Backups of what Vert.x writes here are not waited for: a node that joins while partitions
    // move would fail on them, and every node registers its own again when a member is lost.
    config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(0)
      .setAsyncBackupCount(1)
      .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(0).setAsyncBackupCount(1);
    return config;
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

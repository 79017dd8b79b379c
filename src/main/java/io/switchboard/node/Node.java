package io.switchboard.node;

import io.switchboard.cluster.Design;
import io.switchboard.cluster.HazelcastCluster;
import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.task.Store;
import io.switchboard.task.Tasks;
import io.switchboard.task.store.ClusterStore;
import io.switchboard.task.store.MemoryStore;
import io.switchboard.topic.Topics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a cluster: started in order, stopped in the reverse order. Any thread may use
 * it.
 */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final String REGISTRY = "io.switchboard.node";
  private static final long LEAVE_LIMIT_MILLIS = 5_000;

  private final NodeOptions options;
  private final Vertx vertx;
  /** Null on a Vert.x instance that somebody else made and will close. */
  private final HazelcastCluster cluster;
  private final Messaging messaging;
  private final Members members;
  private final Outside outside;
  private volatile boolean serving;
  private final AtomicReference<Future<Void>> stopping = new AtomicReference<>();
  private final Promise<Void> closed = Promise.promise();

  private record Registered(Node node) implements Shareable {
  }

  private Node(
    NodeOptions options, Vertx vertx, HazelcastCluster cluster, Messaging messaging) {
    this.options = options;
    this.vertx = vertx;
    this.cluster = cluster;
    this.messaging = messaging;
    this.members = new Members(messaging);
    this.outside = new Outside(options, vertx, cluster, messaging, members, () -> serving);
  }

  /** Joins the cluster with a Vert.x instance of its own and starts a node on it. */
  public static Future<Node> launch(NodeOptions options) {
    Promise<Node> launched = outlivingVertx();
    HazelcastCluster.join(
        options.cluster(), options.host(), options.advertise(), ClusterStore::configure)
      .onFailure(launched::fail)
      .onSuccess(cluster -> start(cluster.vertx(), options, cluster)
        .onSuccess(launched::complete)
        .onFailure(failure -> cluster.leave(false, LEAVE_LIMIT_MILLIS)
          .onComplete(left -> launched.fail(failure))));
    return launched.future();
  }

  /**
   * Starts a node on a Vert.x instance of the user's, clustered or not. Stopping the node
   * leaves the instance as it is.
   */
  public static Future<Node> start(Vertx vertx, NodeOptions options) {
    return start(vertx, options, null);
  }

  /** The node that runs on this Vert.x instance; throws IllegalStateException without one. */
  public static Node of(Vertx vertx) {
    var registered = vertx.sharedData().<String, Registered>getLocalMap(REGISTRY).get(REGISTRY);
    if (registered == null) {
      throw new IllegalStateException("no Switchboard runs on this Vert.x instance; "
        + "start one with Switchboard.start(vertx, options)");
    }
    return registered.node;
  }

  private static Future<Node> start(Vertx vertx, NodeOptions options, HazelcastCluster cluster) {
    var name = Objects.requireNonNullElseGet(options.name(), () -> defaultName(cluster));
    var attributes = Members.attributes(address(cluster), "", "starting");
    Promise<Node> started = outlivingVertx();
    Messaging.create(vertx, name, attributes, options, design -> store(vertx, cluster, design))
      .onFailure(started::fail)
      .onSuccess(messaging -> {
        var node = new Node(options, vertx, cluster, messaging);
        node.begin()
          .onSuccess(begun -> started.complete(node))
          .onFailure(failure -> node.stop().onComplete(stopped -> started.fail(failure)));
      });
    return started.future();
  }

  private static Store store(Vertx vertx, HazelcastCluster cluster, Design design) {
    return cluster == null ? new MemoryStore(!vertx.isClustered())
      : new ClusterStore(vertx, cluster.hazelcast(), design::hasQuorum);
  }

  /** A future that belongs to a context is never told once the context's Vert.x has closed. */
  private static <T> Promise<T> outlivingVertx() {
    return Promise.promise();
  }

  private static String defaultName(HazelcastCluster cluster) {
    return "node-" + (cluster == null ? ProcessHandle.current().pid() : cluster.port());
  }

  private Future<Void> begin() {
    LOG.info("Node {} starts", name());
    if (cluster != null) {
      LOG.info("Cluster membership listens on {}, joined {} other nodes",
        cluster.address(), cluster.size() - 1);
    }
    var registry = vertx.sharedData().<String, Registered>getLocalMap(REGISTRY);
    if (registry.putIfAbsent(REGISTRY, new Registered(this)) != null) {
      return Future.failedFuture(
        new IllegalStateException("a Switchboard runs on this Vert.x instance already"));
    }
    return messaging.start(this::expectedPeers)
      .onSuccess(complete -> LOG.info("Messages of other nodes arrive on {}, ports {}",
        options.host(), messaging.trunks().self().ports()))
      .compose(complete -> declareConfigured())
      .compose(declared -> outside.start())
      .onSuccess(ready -> {
        serving = true;
        describe("ready");
      });
  }

  private int expectedPeers() {
    return cluster == null ? 0 : cluster.size() - 1;
  }

  private Future<Void> declareConfigured() {
    return Future.all(options.exchanges().stream().map(declaration ->
      messaging.directory().declare(declaration)).toList()).mapEmpty();
  }

  private void describe(String state) {
    messaging.trunks().describe(Members.attributes(clusterAddress(), httpUrl(), state));
  }

  private static String address(HazelcastCluster cluster) {
    return cluster == null ? "" : cluster.address();
  }

  /** The name of the cluster, as configured. */
  public String clusterName() {
    return options.cluster().name();
  }

  /** Where membership listens, as HOST:PORT; empty on a Vert.x instance of the user's. */
  public String clusterAddress() {
    return address(cluster);
  }

  /** Unique in the cluster. */
  public String name() {
    return messaging.trunks().self().name();
  }

  /** The Vert.x instance that it runs on. */
  public Vertx vertx() {
    return vertx;
  }

  /** The exchanges as this node sees them. */
  public Exchanges exchanges() {
    return messaging.exchanges();
  }

  /** The topics as this node sees them. */
  public Topics topics() {
    return messaging.topics();
  }

  /** The collect exchanges as this node sees them. */
  public Collects collects() {
    return messaging.collects();
  }

  /** The task exchanges as this node sees them. */
  public Tasks tasks() {
    return messaging.tasks();
  }

  /** The nodes that are meant to be there. */
  public Design design() {
    return messaging.design();
  }

  /** Who else is there. */
  public Members members() {
    return members;
  }

  /** How many nodes are in reach, this one included. */
  public int memberCount() {
    return messaging.trunks().open().size() + 1;
  }

  /** Where outside programs reach it; empty without HTTP. */
  public String httpUrl() {
    return outside.url();
  }

  /** Completes when the node has stopped. */
  public Future<Void> closed() {
    return closed.future();
  }

  /**
   * Stops in order: no target any more, what is in hand finished within the limit, GOODBYE,
   * then everything closed. Idempotent.
   */
  public Future<Void> stop() {
    Promise<Void> done = Promise.promise();
    if (stopping.compareAndSet(null, done.future())) {
      LOG.info("Node {} stops", name());
      serving = false;
      describe(Members.DRAINING);
      var quiet = outside.stopTaking()
        .compose(closed -> messaging.drain(options.drainLimit()))
        .eventually(outside::stop);
      quiet.transform(any -> isHandOverNeeded())
        .compose(handOver -> messaging.stop().eventually(this::unregister)
          .eventually(() -> leave(handOver)))
        .compose(left -> quiet)
        .onComplete(done)
        .onComplete(outcome -> closed.tryComplete());
    }
    return stopping.get();
  }

  private Future<Boolean> isHandOverNeeded() {
    return cluster == null ? Future.succeededFuture(false)
      : new HandOver(vertx, cluster, members).isNeeded();
  }

  private Future<Void> leave(boolean handOver) {
    return cluster == null ? Future.succeededFuture()
      : cluster.leave(handOver, LEAVE_LIMIT_MILLIS);
  }

  private Future<Void> unregister() {
    vertx.sharedData().<String, Registered>getLocalMap(REGISTRY)
      .removeIfPresent(REGISTRY, new Registered(this));
    return Future.succeededFuture();
  }
}

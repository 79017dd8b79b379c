package io.switchboard.node;

import io.switchboard.bridge.Bridge;
import io.switchboard.bridge.Kinds;
import io.switchboard.cluster.HazelcastCluster;
import io.switchboard.container.Container;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outward half of a node: the verticle files it deploys and the bridge it opens. */
final class Outside {
  private static final Logger LOG = LoggerFactory.getLogger(Outside.class);
  private static final int HTTP_PORTS = 100;

  private final NodeOptions options;
  private final Vertx vertx;
  private final HazelcastCluster cluster;
  private final Messaging messaging;
  private final BooleanSupplier serving;
  private final Pulse pulse;
  private final NodeAdministration administration;
  /** All null where they are switched off, or not started yet. */
  private volatile Container container;
  private volatile Bridge bridge;
  private volatile Metrics metrics;

  Outside(NodeOptions options, Vertx vertx, HazelcastCluster cluster, Messaging messaging,
    Members members, BooleanSupplier serving) {
    this.options = options;
    this.vertx = vertx;
    this.cluster = cluster;
    this.messaging = messaging;
    this.serving = serving;
    pulse = new Pulse(vertx, messaging.lanes());
    administration = new NodeAdministration(messaging, members, this::verticles);
  }

  Future<Void> start() {
    return startContainer().compose(deployed -> startBridge());
  }

  private Future<Void> startContainer() {
    messaging.exchanges().ownBalancers(new BalancerClasses(null));
    if (options.verticles().directory().isBlank()) {
      return Future.succeededFuture();
    }
    return Container.start(vertx, options.verticles(), changed ->
        messaging.exchanges().ownBalancers(new BalancerClasses(changed)))
      .onSuccess(started -> container = started).mapEmpty();
  }

  private Future<Void> startBridge() {
    var http = options.http();
    if (!http.enabled()) {
      return Future.succeededFuture();
    }
    var ports = options.fixedHttpPort() ? List.of(http.port())
      : IntStream.range(http.port(), http.port() + HTTP_PORTS).boxed().toList();
    var health = HealthReport.of(
      vertx, cluster, messaging.trunks(), pulse, container, serving);
    var reachable = options.advertise() == null
      ? http : http.alsoAllowing(options.advertise());
    var kinds = new Kinds(messaging.exchanges(), messaging.topics(), messaging.collects(),
      messaging.tasks());
    // The classes and the system's figures that this needs take too long for an event loop.
    return vertx.executeBlocking(() -> new Metrics(messaging))
      .onSuccess(made -> metrics = made)
      .compose(made -> Bridge.start(vertx, reachable, options.bridge(), options.host(), ports,
        kinds, administration, health, made::scrape))
      .onSuccess(started -> {
        bridge = started;
        LOG.info("HTTP listens on {}", started.url());
      }).mapEmpty();
  }

  private JsonArray verticles() {
    var running = container;
    var list = new JsonArray();
    if (running != null) {
      running.verticles().forEach(verticle -> list.add(verticle.toJson()));
    }
    return list;
  }

  /** Empty while nothing listens. */
  String url() {
    var open = bridge;
    return open == null ? "" : open.url();
  }

  /** Lets no new outside work in; what is in hand there is finished. */
  Future<Void> stopTaking() {
    var open = bridge;
    return open == null ? Future.succeededFuture()
      : open.stop().otherwise(failure -> {
        LOG.warn("HTTP did not stop in good order", failure);
        return null;
      });
  }

  /** Undeploys the verticles. */
  Future<Void> stop() {
    pulse.stop();
    var measuring = metrics;
    if (measuring != null) {
      measuring.close();
    }
    var running = container;
    return running == null ? Future.succeededFuture() : running.stop();
  }
}

package io.switchboard.bridge;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A node's HTTP side: the API, event streams, SockJS and the console on one port. Thread-safe. */
public final class Bridge {
  /** By this number the servers of one bridge find the same free port. */
  private static final AtomicInteger FREE_PORT_ID = new AtomicInteger();

  private final Vertx vertx;
  private final String host;
  private final int port;
  private final List<String> deployments;
  private Future<Void> stopped;

  private Bridge(Vertx vertx, String host, int port, List<String> deployments) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.deployments = deployments;
  }

  /**
   * Listens at the first of the ports that is free, on as many event loops as the options say.
   * Fails with a BindException that names the last port when all are taken.
   *
   * @param ports   tried in this order; 0 is any free one
   * @param metrics Prometheus text; called on worker threads
   */
  public static Future<Bridge> start(
    Vertx vertx, HttpOptions http, BridgeOptions bridge, String host, List<Integer> ports,
    Kinds kinds, Administration administration, Health health, Supplier<String> metrics) {
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("no port to listen at");
    }
    var backend = new Backend(Objects.requireNonNull(kinds),
      Objects.requireNonNull(administration), health, Objects.requireNonNull(metrics),
      new Dialogues());
    var connections = new AtomicInteger();
    return Console.locate(vertx, http.webroot()).compose(webroot -> listen(vertx, ports,
      port -> new BridgeServer.Plan(http, bridge, host, address(host, port), webroot, backend,
        connections)));
  }

  /** The port that it listens at. */
  public int port() {
    return port;
  }

  /** Where a program on this machine reaches it. */
  public String url() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    var name = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port;
  }

  /**
   * Stops accepting, ends event streams and SockJS sockets, and completes when the requests in
   * hand are answered or the stop timeout has passed. Idempotent.
   */
  public synchronized Future<Void> stop() {
    if (stopped == null) {
      var servers = new ArrayList<Future<Void>>();
      deployments.forEach(deployment -> servers.add(vertx.undeploy(deployment)));
      stopped = Future.join(servers).mapEmpty();
    }
    return stopped;
  }

  private static SocketAddress address(String host, int port) {
    return port == 0 ? SocketAddress.sharedRandomPort(FREE_PORT_ID.incrementAndGet(), host)
      : SocketAddress.inetSocketAddress(port, host);
  }

  private interface PlanAt {
    BridgeServer.Plan at(int port);
  }

  private static Future<Bridge> listen(Vertx vertx, List<Integer> ports, PlanAt plans) {
    var plan = plans.at(ports.get(0));
    var first = new BridgeServer(plan);
    return vertx.deployVerticle(first)
      .compose(deployment -> deployOthers(vertx, plan)
        .map(others -> {
          var deployments = new ArrayList<>(others);
          deployments.add(deployment);
          return new Bridge(vertx, plan.host(), first.port(), deployments);
        })
        .recover(failure -> vertx.undeploy(deployment)
          .transform(undeployed -> Future.failedFuture(failure))))
      .recover(failure -> !(failure instanceof BindException) ? Future.failedFuture(failure)
        : ports.size() > 1 ? listen(vertx, ports.subList(1, ports.size()), plans)
        : Future.failedFuture(unavailable(plan.at(), failure)));
  }

  private static BindException unavailable(SocketAddress address, Throwable reason) {
    var named = new BindException(
      "HTTP cannot listen at " + address + ": " + reason.getMessage());
    named.initCause(reason);
    return named;
  }

  private static Future<List<String>> deployOthers(Vertx vertx, BridgeServer.Plan plan) {
    int others = plan.http().instances() - 1;
    if (others == 0) {
      return Future.succeededFuture(List.of());
    }
    return vertx.deployVerticle(() -> new BridgeServer(plan),
      new DeploymentOptions().setInstances(others)).map(List::of);
  }
}

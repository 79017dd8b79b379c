package io.switchboard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A real cluster of nodes in one process on loopback with ports of its own, for tests and
 * experiments: {@code LocalCluster.start(3)}. The nodes are named node-0, node-1 and so on.
 */
public final class LocalCluster {
  private final String name = "local-" + UUID.randomUUID();
  private final JsonObject options;
  private final List<Switchboard> nodes = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  private LocalCluster(JsonObject options) {
    this.options = options;
  }

  /** Starts so many nodes; each is in reach of the others when the future completes. */
  public static Future<LocalCluster> start(int size) {
    return start(size, new JsonObject());
  }

  /** The same with options that go for every node, as in the configuration file. */
  public static Future<LocalCluster> start(int size, JsonObject options) {
    var cluster = new LocalCluster(options);
    return cluster.grow(size).map(cluster)
      .recover(failure -> cluster.stop().transform(stopped -> Future.failedFuture(failure)));
  }

  private Future<Void> grow(int more) {
    return more == 0 ? Future.succeededFuture()
      : add().compose(added -> grow(more - 1));
  }

  /** Starts one more node. */
  public Future<Switchboard> add() {
    var cluster = options.getJsonObject("cluster", new JsonObject()).copy()
      .put("name", name).put("port", 0)
      .put("join", new JsonArray(addresses));
    var complete = options.copy().put("name", "node-" + nodes.size()).put("cluster", cluster);
    Promise<Switchboard> started = Promise.promise();
    // A Vert.x instance is not to be made on another one's thread.
    new Thread(() -> Switchboard.launch(complete).onComplete(started), "start").start();
    return started.future().onSuccess(node -> {
      nodes.add(node);
      addresses.add(node.clusterAddress());
    });
  }

  /** The node of that number, from 0. */
  public Switchboard node(int index) {
    return nodes.get(index);
  }

  /** How many nodes were started. */
  public int size() {
    return nodes.size();
  }

  /** Stops every node in order. */
  public Future<Void> stop() {
    return Future.join(nodes.stream().map(Switchboard::stop).toList()).mapEmpty();
  }
}

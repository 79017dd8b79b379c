package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.switchboard.exchange.CallOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One cluster to measure in: the node of this process, an event loop of its client, and the far
 * nodes, which are processes of their own.
 */
final class Stage {
  static final String NEAR = "near";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String link;
  private final int farNodes;
  private final Switchboard near;
  private final Context client;
  private final Confirmations confirmations;
  private final Sightings sightings;

  private Stage(String link, int farNodes, Switchboard near, Context client,
    Confirmations confirmations, Sightings sightings) {
    this.link = link;
    this.farNodes = farNodes;
    this.near = near;
    this.client = client;
    this.confirmations = confirmations;
    this.sightings = sightings;
  }

  /** Starts this process's node in a cluster of its own. */
  static Future<Stage> start(String link, int farNodes) {
    var client = new Client();
    return Switchboard.launch(nodeOptions("bench-near", "bench-" + UUID.randomUUID(),
        "127.0.0.1:1", link))
      .compose(near -> near.vertx().deployVerticle(new EchoVerticle(NEAR))
        .compose(deployed -> near.vertx().deployVerticle(client))
        .map(deployed -> new Stage(
          link, farNodes, near, client.context(), client.confirmations, client.sightings)));
  }

  static JsonObject nodeOptions(String name, String cluster, String join, String link) {
    return new JsonObject().put("name", name)
      .put("cluster", new JsonObject().put("name", cluster).put("port", 0)
        .put("join", new JsonArray().add(join)))
      .put("trunk", new JsonObject().put("link", link));
  }

  /** Gives the client an event loop, and hears there what the far side confirms. */
  private static final class Client extends VerticleBase {
    private final Confirmations confirmations = new Confirmations();
    private final Sightings sightings = new Sightings();

    private Context context() {
      return context;
    }

    @Override
    public Future<?> start() {
      return Future.all(confirmations.listen(vertx), sightings.listen(vertx));
    }
  }

  String link() {
    return link;
  }

  int farNodes() {
    return farNodes;
  }

  Switchboard near() {
    return near;
  }

  Context client() {
    return client;
  }

  Confirmations confirmations() {
    return confirmations;
  }

  Sightings sightings() {
    return sightings;
  }

  /** Runs the action on the client's event loop. */
  <T> Future<T> onClient(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    client.runOnContext(ignored -> action.get().onComplete(done));
    return done.future();
  }

  /** Gives every far node the same order; their answers, by their numbers. */
  Future<List<JsonObject>> order(JsonObject order) {
    return Future.all(IntStream.rangeClosed(1, farNodes).mapToObj(number ->
        near.requests(FarNode.control(number)).request(order, CallOptions.within(PATIENCE))
          .map(reply -> reply.json())).toList())
      .map(all -> all.list());
  }

  /** What all far nodes have used. */
  Future<Usage> usageElsewhere() {
    return order(new JsonObject().put("order", "usage")).map(answers ->
      answers.stream().map(Usage::from).reduce(new Usage(0, 0, 0), Usage::plus));
  }

  Future<Void> stop() {
    return near.stop();
  }
}

package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Takes the measuring node's orders on a far node. */
final class FarVerticle extends VerticleBase {
  private final int number;
  private final SinkVerticle sink;
  private final RawSink raw = new RawSink();
  private final List<CountingVerticle> subscribers = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private TaskVerticle tasks;
  private Registrations registrations;

  FarVerticle(int number) {
    this.number = number;
    this.sink = new SinkVerticle(number + "/sink");
  }

  @Override
  public Future<?> start() {
    registrations = new Registrations(vertx);
    return Future.all(vertx.deployVerticle(new EchoVerticle(FarNode.FAR)),
        vertx.deployVerticle(new ChunkVerticle()), vertx.deployVerticle(sink),
        vertx.deployVerticle(raw), vertx.deployVerticle(new FailoverWorker()))
      .compose(deployed -> Switchboard.of(vertx).requests(FarNode.control(number))
        .serve(request -> obey(request.json())));
  }

  private Future<JsonObject> obey(JsonObject order) {
    boolean exchange = "exchange".equals(order.getString("contender"));
    return switch (order.getString("order")) {
      case "usage" -> Future.succeededFuture(Usage.ofThisProcess().toJson());
      case "begin" -> begin(order, exchange);
      case "arrived" -> arrived(order, exchange);
      case "raw" -> Future.succeededFuture(raw.report());
      case "subscribe" -> subscribe(order.getInteger("subscribers"));
      case "unsubscribe" -> unsubscribe();
      case "work" -> work();
      case "rest" -> unsubscribe();
      case "register" -> {
        registrations.register(exchange, order.getInteger("round"));
        yield Future.succeededFuture(new JsonObject());
      }
      case "unregister" -> registrations.clear().map(gone -> new JsonObject());
      default -> Future.failedFuture("no order " + order);
    };
  }

  private List<CountingVerticle> counting(JsonObject order) {
    return switch (order.getString("at")) {
      case "sink" -> List.of(sink);
      case "tasks" -> List.of(tasks);
      default -> subscribers;
    };
  }

  private Future<JsonObject> begin(JsonObject order, boolean exchange) {
    var counting = counting(order);
    return Future.all(counting.stream()
        .map(each -> each.begin(exchange, order.getInteger("every"))).toList())
      .map(begun -> new JsonObject().put("sources", counting.size()));
  }

  private Future<JsonObject> arrived(JsonObject order, boolean exchange) {
    return Future.all(counting(order).stream().map(each -> each.report(exchange)).toList())
      .map(all -> {
        long count = 0;
        double perSecond = 0;
        for (var report : all.<JsonObject>list()) {
          count += report.getLong("count");
          perSecond += report.getDouble("perSecond");
        }
        return new JsonObject().put("count", count).put("perSecond", perSecond);
      });
  }

  /** One verticle on each event loop, with its share. */
  private Future<JsonObject> subscribe(int all) {
    int loops = Math.min(all, Runtime.getRuntime().availableProcessors() * 2);
    var deployed = new ArrayList<Future<String>>();
    for (int i = 0; i < loops; i++) {
      int share = all / loops + (i < all % loops ? 1 : 0);
      var verticle = new SubscriberVerticle(number + "/" + i, share, all);
      subscribers.add(verticle);
      deployed.add(vertx.deployVerticle(verticle).onSuccess(deployments::add));
    }
    return Future.all(deployed).map(done -> new JsonObject());
  }

  private Future<JsonObject> work() {
    tasks = new TaskVerticle(number + "/tasks");
    return vertx.deployVerticle(tasks).onSuccess(deployments::add)
      .map(deployed -> new JsonObject());
  }

  private Future<JsonObject> unsubscribe() {
    var undeployed = deployments.stream().map(vertx::undeploy).toList();
    deployments.clear();
    subscribers.clear();
    return Future.join(undeployed).map(done -> new JsonObject());
  }
}

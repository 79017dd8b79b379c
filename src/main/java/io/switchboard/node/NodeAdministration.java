package io.switchboard.node;

import io.switchboard.bridge.Administration;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the bridge shows of the cluster: the route table, and what each node adds to it. */
final class NodeAdministration implements Administration {
  private static final String FIGURES = "figures";
  private static final String FALLBACKS = "fallbacks";
  private static final String VERTICLES = "verticles";
  private static final String WORKERS = "workers";

  private final Messaging messaging;
  private final Members members;

  NodeAdministration(Messaging messaging, Members members, Supplier<JsonArray> verticles) {
    this.messaging = messaging;
    this.members = members;
    messaging.inquiries().answer(FIGURES, this::ownFigures);
    messaging.inquiries().answer(VERTICLES,
      () -> new JsonObject().put(VERTICLES, verticles.get()));
  }

  private JsonObject ownFigures() {
    var figures = new JsonObject();
    messaging.figures().forEach(figures::put);
    var fallbacks = new JsonObject();
    messaging.exchanges().fallbacks().forEach(fallbacks::put);
    return new JsonObject().put(FIGURES, figures).put(FALLBACKS, fallbacks)
      .put(WORKERS, messaging.exchanges().workers()
        .addAll(messaging.collects().workers()).addAll(messaging.tasks().workers()));
  }

  @Override
  public Future<JsonArray> nodes(boolean lostToo) {
    return Future.succeededFuture(members.list(lostToo));
  }

  @Override
  public Future<Boolean> forget(String node) {
    if (members.isInReach(node)) {
      return Future.failedFuture(new SwitchboardException(
        FailureCode.CONFLICT, "node '" + node + "' is in reach: stop it instead"));
    }
    return Future.succeededFuture(messaging.design().forget(node));
  }

  @Override
  public Future<JsonArray> exchanges() {
    return messaging.inquiries().ask(FIGURES).map(answers -> {
      var totals = new Totals(answers);
      var routes = messaging.directory().routes().routes().stream()
        .sorted(Comparator.comparing(route -> route.declaration().name()));
      return new JsonArray(routes
        .map(route -> withCollectors(route, totals.describe(route))).toList());
    });
  }

  @Override
  public Future<JsonObject> exchange(String name) {
    return messaging.directory().find(name).compose(found -> {
      var route = messaging.directory().routes().route(name);
      if (route == null) {
        return Future.failedFuture(new SwitchboardException(
          FailureCode.NO_EXCHANGE, "no exchange '" + name + "' is declared"));
      }
      return messaging.inquiries().ask(FIGURES)
        .map(answers -> withCollectors(route, new Totals(answers).describe(route)));
    });
  }

  private JsonObject withCollectors(Route route, JsonObject described) {
    return route.declaration().kind() == Kind.COLLECT
      ? described.put("collectors", messaging.collects().collectors(route)) : described;
  }

  @Override
  public Future<JsonArray> verticles() {
    return messaging.inquiries().ask(VERTICLES).map(answers -> {
      var all = new JsonArray();
      answers.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(answer ->
        answer.getValue().getJsonArray(VERTICLES).forEach(verticle ->
          all.add(((JsonObject) verticle).put("node", answer.getKey()))));
      return all;
    });
  }

  /** The answers of all nodes, summed up and sorted for looking things up. */
  private static final class Totals {
    private final Map<String, JsonObject> figures = new HashMap<>();
    private final Map<String, JsonObject> workers = new HashMap<>();
    private final Map<String, JsonArray> fallbacks = new HashMap<>();

    private Totals(Map<String, JsonObject> answers) {
      answers.forEach((node, answer) -> {
        answer.getJsonObject(FIGURES).forEach(entry -> figures.merge(
          entry.getKey(), (JsonObject) entry.getValue(), Totals::sum));
        answer.getJsonObject(FALLBACKS, new JsonObject()).forEach(entry -> fallbacks
          .computeIfAbsent(entry.getKey(), none -> new JsonArray())
          .add(new JsonObject().put("node", node).put("reason", entry.getValue())));
        answer.getJsonArray(WORKERS).forEach(each -> {
          var worker = (JsonObject) each;
          workers.put(node + "/" + worker.getLong("worker"), worker);
        });
      });
    }

    private static JsonObject sum(JsonObject left, JsonObject right) {
      var sum = new JsonObject();
      left.forEach(entry -> sum.put(entry.getKey(),
        (long) left.getLong(entry.getKey()) + right.getLong(entry.getKey(), 0L)));
      return sum;
    }

    private JsonObject describe(Route route) {
      var name = route.declaration().name();
      var places = new JsonArray();
      for (var worker : route.workers()) {
        var own = workers.getOrDefault(worker.toString(), new JsonObject());
        var place = new JsonObject().put("node", worker.node().name())
          .put("worker", worker.id()).put("inFlight", own.getInteger("inFlight", 0))
          .put("mailbox", own.getInteger("mailbox", 0))
          .put("handled", own.getLong("handled", 0L)).put("failed", own.getLong("failed", 0L));
        if (worker.weight() != 1 || !worker.labels().isEmpty()) {
          var labels = new JsonObject();
          new TreeMap<>(worker.labels()).forEach(labels::put);
          place.put("weight", worker.weight()).put("labels", labels);
        }
        places.add(place);
      }
      var subscribers = new JsonArray();
      for (var each : route.subscribers()) {
        subscribers.add(new JsonObject().put("node", each.node().name())
          .put("patterns", new JsonArray(each.patterns())).put("count", each.count()));
      }
      var shown = route.declaration().toJson().put(WORKERS, places)
        .put("subscribers", subscribers)
        .put(FIGURES, figures.getOrDefault(name, new JsonObject()));
      return fallbacks.containsKey(name) ? shown.put(FALLBACKS, fallbacks.get(name)) : shown;
    }
  }
}

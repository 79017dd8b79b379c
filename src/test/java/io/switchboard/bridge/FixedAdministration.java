package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An Administration that knows one node, one exchange and one verticle. */
final class FixedAdministration implements Administration {
  @Override
  public Future<JsonArray> nodes(boolean lostToo) {
    var nodes = new JsonArray().add(new JsonObject().put("name", "here"));
    return Future.succeededFuture(
      lostToo ? nodes.add(new JsonObject().put("name", "lost")) : nodes);
  }

  @Override
  public Future<Boolean> forget(String node) {
    return node.equals("here") ? Future.failedFuture(new SwitchboardException(
      FailureCode.CONFLICT, "it is in reach")) : Future.succeededFuture(node.equals("lost"));
  }

  @Override
  public Future<JsonArray> exchanges() {
    return Future.succeededFuture(new JsonArray().add(new JsonObject().put("name", "time")));
  }

  @Override
  public Future<JsonObject> exchange(String name) {
    return name.equals("time") ? Future.succeededFuture(new JsonObject().put("name", "time"))
      : Future.failedFuture(new SwitchboardException(FailureCode.NO_EXCHANGE,
        "no exchange '" + name + "' is declared"));
  }

  @Override
  public Future<JsonArray> verticles() {
    return Future.succeededFuture(new JsonArray());
  }
}

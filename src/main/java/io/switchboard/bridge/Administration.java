package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What the bridge shows and does beyond exchanges. The node fills it; every answer speaks of
 * the whole cluster, asked for at the time of the call. Failures are SwitchboardExceptions.
 */
public interface Administration {
  /** Objects with at least {@code name}, {@code state}, {@code address}, {@code version}. */
  Future<JsonArray> nodes(boolean lostToo);

  /**
   * A lost node will not come back; all nodes in reach learn it. False when the name was unknown;
   * fails with CONFLICT while a node of that name is in reach.
   */
  Future<Boolean> forget(String node);

  /** Objects with {@code name}, {@code kind}, {@code options}, workers and figures. */
  Future<JsonArray> exchanges();

  /** One of {@link #exchanges()}; fails with NO_EXCHANGE. */
  Future<JsonObject> exchange(String name);

  /** Objects with at least {@code name}, {@code node}, {@code state}. */
  Future<JsonArray> verticles();
}

package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The other node of a measurement, in a process of its own. */
public final class FarNode {
  static final String SUFFIX = "far";

  private FarNode() {
  }

  /** Joins the measuring node's cluster and offers what it measures. */
  public static Future<Switchboard> start(String cluster, String join) {
    return Switchboard.launch(new JsonObject().put("name", "bench-far").put("cluster",
        new JsonObject().put("name", cluster).put("port", 0)
          .put("join", new JsonArray().add(join))))
      .compose(board -> board.vertx().deployVerticle(new Services(SUFFIX)).map(board));
  }
}

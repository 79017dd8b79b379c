package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;

/** Another node of a measurement, in a process of its own. */
public final class FarNode {
  static final String FAR = "far";

  private FarNode() {
  }

  /** The exchange that takes orders for the far node of that number. */
  static String control(int number) {
    return "bench.control." + number;
  }

  /**
   * Joins the measuring node's cluster and offers what it measures.
   *
   * @param number from 1
   * @param link   as in {@code trunk.link}
   */
  public static Future<Switchboard> start(String cluster, String join, int number, String link) {
    return Switchboard.launch(Stage.nodeOptions("bench-far-" + number, cluster, join, link))
      .compose(board -> board.vertx().deployVerticle(new FarVerticle(number)).map(board));
  }
}

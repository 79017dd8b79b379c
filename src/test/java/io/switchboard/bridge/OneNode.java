package io.switchboard.bridge;

import io.switchboard.cluster.ClusterDirectory;
import io.switchboard.exchange.Exchanges;
import io.switchboard.lane.Lanes;
import io.switchboard.routing.Directory;
import io.switchboard.trunk.TrunkOptions;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Real exchanges of a cluster of one node. */
record OneNode(Exchanges exchanges, Directory directory) {
  static OneNode on(Vertx vertx) {
    var lanes = RunningBridge.await(Lanes.start(vertx));
    var trunks = new Trunks(vertx, lanes, "alone", "127.0.0.1", "127.0.0.1", new JsonObject(),
      TrunkOptions.from(new JsonObject()));
    var directory = new ClusterDirectory(lanes.control(), trunks);
    trunks.addListener(directory);
    var exchanges = new Exchanges(vertx, lanes, trunks, directory, Map.of());
    RunningBridge.await(trunks.start(exchanges.receiver()));
    return new OneNode(exchanges, directory);
  }
}

package io.switchboard.bridge;

import io.switchboard.cluster.ClusterDirectory;
import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.lane.Lanes;
import io.switchboard.routing.Directory;
import io.switchboard.task.Tasks;
import io.switchboard.task.store.MemoryStore;
import io.switchboard.topic.Topics;
import io.switchboard.trunk.TrunkOptions;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Real exchanges of a cluster of one node. */
record OneNode(Kinds kinds, Directory directory) {
  static OneNode on(Vertx vertx) {
    var lanes = RunningBridge.await(Lanes.start(vertx));
    var trunks = new Trunks(vertx, lanes, "alone", "127.0.0.1", "127.0.0.1", new JsonObject(),
      TrunkOptions.from(new JsonObject()));
    var directory = new ClusterDirectory(lanes.control(), trunks);
    trunks.addListener(directory);
    var exchanges = new Exchanges(vertx, lanes, trunks, directory, Map.of());
    var topics = new Topics(vertx, lanes, trunks, directory, exchanges);
    var collects =
      new Collects(vertx, lanes, trunks, directory, exchanges, () -> 1);
    var tasks = new Tasks(
      vertx, lanes, trunks, directory, exchanges, new MemoryStore(true));
    RunningBridge.await(trunks.start(exchanges.receiver()));
    return new OneNode(new Kinds(exchanges, topics, collects, tasks), directory);
  }
}

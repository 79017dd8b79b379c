package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.routing.Directory;
import io.switchboard.routing.OwnBalancers;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import java.util.Map;

/** What the handles of request exchanges of one node share. */
final class Core {
  final Vertx vertx;
  final Lanes lanes;
  final Trunks trunks;
  final Directory directory;
  final LocalWorkers workers = new LocalWorkers();
  final Lookup lookup;
  final Lifelines lifelines;
  /** What this node says of itself, and so of all its workers. */
  final Map<String, String> nodeLabels;
  volatile OwnBalancers ownBalancers = OwnBalancers.NONE;
  final Places places;
  private final Calls[] calls;

  Core(Vertx vertx, Lanes lanes, Trunks trunks, Directory directory,
    Map<String, String> nodeLabels) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.trunks = trunks;
    this.directory = directory;
    this.nodeLabels = nodeLabels;
    this.lookup = new Lookup(directory);
    this.lifelines = new Lifelines(vertx);
    this.places = new Places(directory);
    calls = new Calls[lanes.count()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = new Calls(lanes.get(i), trunks, workers);
    }
  }

  Calls calls(Lane lane) {
    return calls[lane.index()];
  }

  int pendingCalls() {
    int sum = 0;
    for (var each : calls) {
      sum += each.pending();
    }
    return sum;
  }
}
